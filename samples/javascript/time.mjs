// Time: milliseconds inside, EST all year round (UTC-05:00) outside. The machine's clock is never read.

const EST = -5 * 60 * 60 * 1000;

/** Milliseconds of an instant such as "2011-01-10T08:00:00-05:00". */
export function instant(text) {
  const moment = Date.parse(text);
  if (Number.isNaN(moment)) throw new SyntaxError(`${JSON.stringify(text)} is no instant`);
  return moment;
}

/** "2011-01-10T08:00:00-05:00" */
export function iso(moment) {
  return `${new Date(moment + EST).toISOString().slice(0, 19)}-05:00`;
}

/** "20110110080000", as file names and date-time fields have it. */
export function digits(moment) {
  return iso(moment).slice(0, 19).replaceAll(/[-T:]/g, "");
}

/** "2011-01-10", the EST calendar day. */
export function day(moment) {
  return iso(moment).slice(0, 10);
}

/** The first instant after another that is a whole number of minutes from midnight EST. */
export function nextMultiple(after, minutes) {
  const midnight = Date.parse(`${day(after)}T00:00:00-05:00`);
  const step = minutes * 60 * 1000;
  return midnight + (Math.floor((after - midnight) / step) + 1) * step;
}
