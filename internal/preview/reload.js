// Reloads the page when the site was made anew. The server says on every
// connection which edition it shows, so nothing is missed: not a change before
// this script ran, not a restart. A page that nobody sees lets go of its
// connection, because browsers open only six to one server.
(() => {
  const own = document.currentScript.dataset.edition;
  let events = null;
  const follow = () => {
    if (events) events.close();
    events = null;
    if (document.hidden) return;
    events = new EventSource("/.faultbook/events");
    events.onmessage = (e) => { if (e.data !== own) location.reload(); };
  };
  document.addEventListener("visibilitychange", follow);
  follow();
})();
