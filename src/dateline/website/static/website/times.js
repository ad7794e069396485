// Puts the exact times of a page into the reader's own zone. Without this the page says
// the same: each time stands there in the newsroom's zone, with its name.
const locale = document.documentElement.dataset.locale;

// In a column of figures a time belongs to the day above it, which is the newsroom's:
// there the reader's own time is only a title.
const shapes = { moment: "text", clock: "title" };

function zoneOf(at) {
  const parts = new Intl.DateTimeFormat(locale, { timeZoneName: "short" }).formatToParts(at);
  return parts.find((part) => part.type === "timeZoneName")?.value ?? "";
}

function isInReadersZone(element, at) {
  const [, sign, hours, minutes] = element.dateTime.match(/([+-])(\d\d):(\d\d)$/) ?? [];
  return Number(`${sign}1`) * (hours * 60 + Number(minutes)) === -at.getTimezoneOffset();
}

function write(element) {
  const at = new Date(element.dateTime);
  if (Number.isNaN(at.getTime()) || isInReadersZone(element, at)) return;
  const form = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeStyle: "short" });
  const local = `${form.format(at)} ${zoneOf(at)}`;
  if (shapes[element.dataset.time] === "title") {
    element.title = local;
  } else {
    element.title = element.textContent;
    element.textContent = local;
  }
}

// In a locale it does not have, a browser would write in another language than the page.
const isKnown = locale && Intl.DateTimeFormat.supportedLocalesOf(locale).length > 0;
if (isKnown) document.querySelectorAll("time[data-time]").forEach(write);
