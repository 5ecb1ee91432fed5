// Shows markup that Python wrote (all text in it escaped) and tells Python which marked part was chosen.
const shown = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  const box = parentElement.querySelector(".ct-figure");
  if (shown.get(box) !== data.html) {
    const focused = box.contains(document.activeElement) ? document.activeElement.closest("[data-id]")?.dataset.id : null;
    box.innerHTML = data.html;
    shown.set(box, data.html);
    if (focused) [...box.querySelectorAll("[data-id]")].find((part) => part.dataset.id === focused)?.focus();
  }
  box.className = `ct-figure ${data.class}`;
  if (data.lang) box.lang = data.lang;
  if (data.name) { box.setAttribute("role", "group"); box.setAttribute("aria-label", data.name); }

  const choose = (event) => {
    const part = event.target.closest("[data-id]");
    if (part) setTriggerValue("chosen", part.dataset.id);
    return part;
  };
  box.onclick = choose;
  box.onkeydown = (event) => {
    const native = event.target.closest("button");
    if (!native && (event.key === "Enter" || event.key === " ") && choose(event)) event.preventDefault();
  };
}
