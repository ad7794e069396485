// Says quietly that there is a newer version of the page. The page itself stays as it is:
// who reads on reads on, and who wants the new version follows a link.
const place = document.querySelector("[data-events]");
const words = place.previousElementSibling.content;
const A_DAY = 86_400_000;
let entry = Number(place.dataset.entry);
let last = 0;
let left = Infinity;
let source;
let timer;

function show(act) {
  const [other, ...lines] = words.querySelectorAll("p");
  const line = lines.find((one) => one.dataset.act === act) ?? other;
  const button = words.querySelector("button").cloneNode(true);
  button.onclick = () => {
    place.replaceChildren();
    document.querySelector("main").focus({ preventScroll: true });
  };
  place.replaceChildren(line.cloneNode(true), button);
}

function hear(told) {
  if (told.entry <= entry) return;
  entry = told.entry;
  show(told.act);
}

// What was missed is told no more: the page at our address knows.
async function ask() {
  try {
    const answer = await fetch(location.pathname);
    if (answer.status === 410) return hear({ entry: Infinity, act: "kill" });
    const [, found] = (await answer.text()).match(/data-entry="(\d+)"/) ?? [];
    hear({ entry: Number(found ?? 0) });
  } catch {
    // Offline: the next look will tell.
  }
}

// Not all readers at the same moment, and not while the page has other work.
function soon(work, ms) {
  clearTimeout(timer);
  const idle = window.requestIdleCallback ?? setTimeout;
  timer = setTimeout(() => idle(work), ms * (1 + Math.random()));
}

// Only a page that is being looked at holds a connection: a browser has few of them.
function listen() {
  if (source || document.hidden) return;
  if (Date.now() - left > A_DAY) ask();
  source = new EventSource(`${place.dataset.events}?last=${last}`);
  source.onmessage = ({ data, lastEventId }) => {
    last = lastEventId;
    hear(JSON.parse(data));
  };
  source.addEventListener("reset", ({ lastEventId }) => {
    last = lastEventId;
    setTimeout(ask, 9_000 * Math.random());
  });
  // After a break the browser comes back by itself, when the server has told it to;
  // after a refusal it does not.
  source.onerror = () => {
    if (source?.readyState !== EventSource.CLOSED) return;
    leave();
    soon(listen, 60_000);
  };
}

function leave() {
  clearTimeout(timer);
  source?.close();
  source = null;
  left = Date.now();
}

if (!navigator.connection?.saveData) {
  addEventListener("pagehide", leave);
  addEventListener("pageshow", () => soon(listen, 2_000));
  document.addEventListener("visibilitychange", () => (document.hidden ? leave() : soon(listen, 500)));
}
