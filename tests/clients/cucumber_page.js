// Shows Cucumber messages (standard input, a line each) as the page that the Cucumber ecosystem makes of them (standard output).
import readline from 'node:readline'
import { CucumberHtmlStream } from '@cucumber/html-formatter'

const page = new CucumberHtmlStream()
page.pipe(process.stdout)
for await (const line of readline.createInterface({ input: process.stdin })) {
  if (line.trim()) page.write(JSON.parse(line))
}
page.end()
