// Draws the network that Python built and placed, and tells Python what was clicked.
// Text reaches the page as text only: labels are painted on a canvas, tooltips are set with innerText.
import "../../../vendor/vis-network.min.js";

const { DataSet, Network } = globalThis.vis;
const mounted = new WeakMap();
const FADED = 0.25;
const NAME = 15;
const NAME_FAR = 12.5;
const CLEAR = "rgba(0,0,0,0)";

function themeOf(element) {
  const css = getComputedStyle(element);
  const read = (name, otherwise) => css.getPropertyValue(name).trim() || otherwise;
  return {
    text: read("--st-text-color", "#1b1f24"),
    ground: read("--st-background-color", "#ffffff"),
    accent: read("--st-primary-color", "#0b62a8"),
  };
}

function optionsFor(theme, many) {
  const font = { color: theme.text, face: "Source Sans, sans-serif", multi: false };
  return {
    physics: false,
    interaction: {
      hover: true, tooltipDelay: 150, multiselect: false, selectConnectedEdges: false,
      keyboard: { enabled: true, bindToWindow: false }, zoomView: true,
      hideEdgesOnDrag: many, hideEdgesOnZoom: many,
    },
    nodes: { borderWidth: 2, borderWidthSelected: 4,
      font: { ...font, size: NAME, strokeWidth: 4, strokeColor: theme.ground } },
    edges: {
      color: { inherit: false }, selectionWidth: 2, hoverWidth: 1,
            arrows: { to: { enabled: true, scaleFactor: 0.55 } },
      font: { ...font, size: 12, strokeWidth: 5, strokeColor: theme.ground },
    },
  };
}

function painted(node, theme) {
  const colour = node.paint ?? node.color;
  return { ...node, base: node.size, paint: colour, color: {
    background: colour, border: theme.ground,
    highlight: { background: colour, border: theme.text },
    hover: { background: colour, border: theme.text },
  } };
}

function build(box, data, theme) {
  const nodes = new DataSet(data.nodes.map((node) => painted(node, theme)));
  const edges = new DataSet(data.edges.map((edge) => ({ ...edge, base: edge.width, color: { color: edge.color, highlight: edge.color, hover: edge.color } })));
  const network = new Network(box, { nodes, edges }, optionsFor(theme, data.edges.length > 300));
  const view = { network, nodes, edges, version: data.version, theme, chosen: null };
  let asked = 0;
  network.on("zoom", () => { cancelAnimationFrame(asked); asked = requestAnimationFrame(() => writeNames(view)); });
  network.once("afterDrawing", () => { box.dataset.ready = "yes"; });
  return view;
}

// Writes the names that can be read at this zoom without covering each other, those of the largest nodes first.
function writeNames(view) {
  const scale = view.network.getScale();
  const font = Math.max(NAME, NAME_FAR / scale);
  const taken = [];
  const nodes = view.nodes.get().sort((a, b) => b.base - a.base || (a.id < b.id ? -1 : 1));
  view.nodes.update(nodes.map(({ id, x, y, size, label }) => {
    const [width, height] = [label.length * font * 0.5, font * 1.25];
    const box = [x - width / 2, y + size, x + width / 2, y + size + height];
    const free = !taken.some((t) => box[0] < t[2] && t[0] < box[2] && box[1] < t[3] && t[1] < box[3]);
    if (free) taken.push(box);
    const seen = free ? { color: view.theme.text, strokeColor: view.theme.ground } : { color: CLEAR, strokeColor: CLEAR };
    return { id, font: { size: font, ...seen } };
  }));
}

// Shows everything, names included.  Far off, signs and lines grow so that they can be seen.
function fit(view) {
  view.network.fit({ animation: false, maxZoomLevel: 1.1 });
  const scale = view.network.getScale() * 0.9;
  view.network.moveTo({ scale });
  const grown = Math.max(1, Math.min(3.4, 0.75 / scale));
  view.nodes.update(view.nodes.get().map(({ id, base }) => ({ id, size: base * grown })));
  view.edges.update(view.edges.get().map(({ id, base }) => ({ id, width: base * grown })));
  writeNames(view);
}

// A chosen node or edge stands out because everything that does not touch it fades.
function choose(view, chosen) {
  view.chosen = chosen;
  const near = new Set();
  let edges = [];
  if (chosen && view.nodes.get(chosen)) {
    near.add(chosen);
    view.network.getConnectedNodes(chosen).forEach((name) => near.add(name));
    edges = view.network.getConnectedEdges(chosen);
    view.network.selectNodes([chosen], false);
  } else if (chosen && view.edges.get(chosen)) {
    view.network.getConnectedNodes(chosen).forEach((name) => near.add(name));
    edges = [chosen];
    view.network.selectEdges([chosen]);
  } else {
    view.network.unselectAll();
  }
  const shown = (kept) => (near.size === 0 || kept ? 1 : FADED);
  view.nodes.update(view.nodes.getIds().map((id) => ({ id, opacity: shown(near.has(id)) })));
  view.edges.update(view.edges.get().map(({ id, color }) => ({ id, color: { ...color, opacity: shown(edges.includes(id)) } })));
}

// Saves what is seen as an image with a caption, for quoting.
function save(view, box, caption) {
  const drawn = box.querySelector("canvas");
  const image = document.createElement("canvas");
  const unit = drawn.width / box.clientWidth;
  [image.width, image.height] = [drawn.width, drawn.height + 36 * unit];
  const pen = image.getContext("2d");
  pen.fillStyle = view.theme.ground;
  pen.fillRect(0, 0, image.width, image.height);
  pen.drawImage(drawn, 0, 0);
  pen.fillStyle = view.theme.text;
  pen.font = `${14 * unit}px sans-serif`;
  pen.fillText(caption, 12 * unit, drawn.height + 22 * unit, image.width - 24 * unit);
  image.toBlob((content) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(content);
    link.download = "claimtrack.png";
    link.click();
    URL.revokeObjectURL(link.href);
  });
}

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".graph");
  const box = root.querySelector(".canvas");
  const live = root.querySelector(".live");
  const theme = themeOf(root);
  box.style.height = `${data.height}px`;
  box.setAttribute("aria-label", data.name);

  let view = mounted.get(root);
  if (!view || view.version !== data.version || view.theme.ground !== theme.ground) {
    view?.network.destroy();
    view = build(box, data, theme);
    mounted.set(root, view);
    box.view = view;
    fit(view);
  }
  if (view.chosen !== data.chosen) {
    choose(view, data.chosen);
  }

  view.network.off("click");
  view.network.on("click", ({ nodes, edges }) => {
    const clicked = nodes[0] ?? edges[0] ?? "";
    live.textContent = nodes[0] ? view.nodes.get(clicked).label : "";
    choose(view, clicked);
    setTriggerValue("clicked", clicked);
  });
  for (const button of root.querySelectorAll("button")) {
    const words = data.buttons[button.dataset.does];
    button.setAttribute("aria-label", words);
    button.title = words;
    button.onclick = () => {
      if (button.dataset.does === "fit") fit(view);
      else if (button.dataset.does === "save") save(view, box, data.caption);
      else {
        view.network.moveTo({ scale: view.network.getScale() * (button.dataset.does === "in" ? 1.3 : 1 / 1.3) });
        writeNames(view);
      }
    };
  }
  return () => { mounted.get(root)?.network.destroy(); mounted.delete(root); };
}
