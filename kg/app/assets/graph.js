// Draws the network that Python built and placed, and tells Python what was clicked.
// Text reaches the page as text only: labels are painted on a canvas, tooltips are set with innerText.
import "../../../vendor/vis-network.min.js";

const { DataSet, Network } = globalThis.vis;
const mounted = new WeakMap();
const FADED = 0.25;

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
      font: { ...font, size: 16, strokeWidth: 4, strokeColor: theme.ground } },
    edges: {
      color: { inherit: false }, selectionWidth: 2, hoverWidth: 1,
      smooth: many ? false : { enabled: true, type: "curvedCW", roundness: 0.14 },
      arrows: { to: { enabled: true, scaleFactor: 0.55 } },
      font: { ...font, size: 12, strokeWidth: 5, strokeColor: theme.ground },
    },
  };
}

function painted(node, theme) {
  const colour = node.paint ?? node.color;
  return { ...node, paint: colour, color: {
    background: colour, border: theme.ground,
    highlight: { background: colour, border: theme.text },
    hover: { background: colour, border: theme.text },
  } };
}

function build(box, data, theme) {
  const nodes = new DataSet(data.nodes.map((node) => painted(node, theme)));
  const edges = new DataSet(data.edges.map((edge) => ({ ...edge, color: { color: edge.color, highlight: edge.color, hover: edge.color } })));
  const network = new Network(box, { nodes, edges }, optionsFor(theme, data.edges.length > 300));
  network.once("afterDrawing", () => { box.dataset.ready = "yes"; });
  return { network, nodes, edges, version: data.version, ground: theme.ground, chosen: null };
}

// A chosen node or edge stands out because everything that does not touch it fades.
function choose(view, chosen) {
  view.chosen = chosen;
  const near = new Set();
  if (chosen && view.nodes.get(chosen)) {
    near.add(chosen);
    view.network.getConnectedNodes(chosen).forEach((name) => near.add(name));
    view.network.selectNodes([chosen], false);
  } else if (chosen && view.edges.get(chosen)) {
    view.network.getConnectedNodes(chosen).forEach((name) => near.add(name));
    view.network.selectEdges([chosen]);
  } else {
    view.network.unselectAll();
  }
  const fade = near.size > 0;
  view.nodes.update(view.nodes.getIds().map((id) => ({ id, opacity: fade && !near.has(id) ? FADED : 1 })));
}

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".graph");
  const box = root.querySelector(".canvas");
  const live = root.querySelector(".live");
  const theme = themeOf(root);
  box.style.height = `${data.height}px`;
  box.setAttribute("aria-label", data.name);

  let view = mounted.get(root);
  if (!view || view.version !== data.version || view.ground !== theme.ground) {
    view?.network.destroy();
    view = build(box, data, theme);
    mounted.set(root, view);
    box.view = view;
    view.network.fit({ animation: false, maxZoomLevel: 1.15 });
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
      if (button.dataset.does === "fit") view.network.fit({ animation: false, maxZoomLevel: 1.15 });
      else view.network.moveTo({ scale: view.network.getScale() * (button.dataset.does === "in" ? 1.3 : 1 / 1.3) });
    };
  }
  return () => { mounted.get(root)?.network.destroy(); mounted.delete(root); };
}
