// Shows an edit link to staff. The page itself is the same for everybody, so that it
// can be kept; whether this reader may edit is asked for apart, and only where the
// desk has left its hint.
async function offerEditing() {
  const address = `/desk/edit-link/?path=${encodeURIComponent(location.pathname)}`;
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  if (!answer.ok) return;
  const { url, text } = await answer.json();
  if (!url?.startsWith("/desk/")) return;
  const link = document.createElement("a");
  link.href = url;
  link.className = "edit-link";
  link.textContent = text;
  document.querySelector("main")?.prepend(link);
}

if (/(?:^|; )dateline_staff=/.test(document.cookie)) offerEditing();
