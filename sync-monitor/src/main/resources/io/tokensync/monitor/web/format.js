// Numbers, times and statuses as people read them.

const COUNT = new Intl.NumberFormat("en-US");
const SHORT = new Intl.NumberFormat("en-US", { notation: "compact", maximumFractionDigits: 1 });
const TIME = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const MINUTE = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat("en-GB", { day: "2-digit", month: "short", hour: "2-digit", minute: "2-digit" });

export const count = (value) => COUNT.format(value);
export const short = (value) => SHORT.format(value);
export const rate = (value) => (value > 0 && value < 9.95 ? value.toFixed(1) : COUNT.format(Math.round(value)));
export const plural = (value, one, many = one + "s") => `${count(value)} ${value === 1 ? one : many}`;

export function duration(seconds) {
  if (seconds < 0) return "0 s";
  if (seconds < 100) return `${Math.round(seconds)} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  if (seconds < 172800) return `${Math.round(seconds / 3600)} h`;
  return `${Math.round(seconds / 86400)} d`;
}

/** Steps of ten seconds, so that a table of ages does not change all the time. */
export function ago(instant, now) {
  if (!instant) return "never";
  const seconds = (now - Date.parse(instant)) / 1000;
  return seconds < 10 ? "now" : `${duration(seconds < 100 ? Math.floor(seconds / 10) * 10 : seconds)} ago`;
}

export function clock(instant, now) {
  if (!instant) return "–";
  const at = new Date(instant);
  return now - at < 72000000 ? TIME.format(at) : DAY.format(at);
}

export function minute(instant, now) {
  const at = new Date(instant);
  return now - at < 72000000 ? MINUTE.format(at) : DAY.format(at);
}

const STATUS = {
  RUNNING: ["run", "running"], COMPLETED: ["good", "complete"], COMPLETED_WITH_ERRORS: ["warn", "with errors"],
  STALLED: ["bad", "stalled"], INTERRUPTED: ["bad", "interrupted"],
  ACCOUNTED_FOR: ["good", "accounted for"], ERRORS: ["warn", "with errors"], SILENT: ["idle", "silent"], PROBLEM: ["bad", "problem"],
  UP: ["good", "runs"], WAITING: ["bad", "waits"], STARTING: ["run", "starting"], STOPPING: ["idle", "stopping"], STOPPED: ["idle", "stopped"],
  FAILED: ["bad", "failed"], UNREACHABLE: ["bad", "no answer"],
};

export const status = (name) => STATUS[name] ?? ["idle", String(name).toLowerCase()];
/** Of a process: one that runs is well, while a session that runs is not at its end. */
export const processStatus = (name) => status(name === "RUNNING" ? "UP" : name);
export const words = (code) => String(code).replaceAll("_", " ");
