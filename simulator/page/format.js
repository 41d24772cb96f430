/** Times and sizes in the words of the person's own locale. */

const clock = new Intl.DateTimeFormat(undefined, { hour: "numeric", minute: "2-digit" });
const thisYear = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "long" });
const anyYear = new Intl.DateTimeFormat(undefined, { dateStyle: "long" });

/** `at` is an ISO instant or a Date; "" when it is neither. */
export function time(at) {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? "" : clock.format(date);
}

/** "Today", "Yesterday" or the date; the same words exactly for instants of the same day. */
export function day(at, now = new Date()) {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return "";
  const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1);
  if (date.toDateString() === now.toDateString()) return "Today";
  if (date.toDateString() === yesterday.toDateString()) return "Yesterday";
  return (date.getFullYear() === now.getFullYear() ? thisYear : anyYear).format(date);
}

export function size(bytes) {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** An E.164 number, its plus optional, as people read it; only Indian numbers are grouped. */
export function phoneNumber(e164) {
  return e164.replace(/^\+?91(\d{5})(\d{5})$/u, "+91 $1 $2");
}
