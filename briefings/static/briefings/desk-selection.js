// Selected words as W3C selectors: one for each paragraph that the selection touches, counted in code points.

const CONTEXT = 32; // code points on each side

const points = (text) => [...text];

/** The part of `range` that lies in `paragraph`, or null. */
function within(range, paragraph) {
  if (!range.intersectsNode(paragraph)) return null;
  const part = document.createRange();
  part.selectNodeContents(paragraph);
  if (range.compareBoundaryPoints(Range.START_TO_START, part) > 0) part.setStart(range.startContainer, range.startOffset);
  if (range.compareBoundaryPoints(Range.END_TO_END, part) < 0) part.setEnd(range.endContainer, range.endOffset);
  return part;
}

/** What stands before or after a paragraph, so that a short one is not without context. */
const besides = (paragraph, way) => paragraph.closest(".paragraph")[way]?.querySelector("p").textContent ?? "";

function selectorOf(part, paragraph) {
  const before = document.createRange();
  before.selectNodeContents(paragraph);
  before.setEnd(part.startContainer, part.startOffset);
  const exact = part.toString();
  const head = before.toString();
  const tail = paragraph.textContent.slice(head.length + exact.length);
  const start = Number(paragraph.dataset.start) + points(head).length;
  const prefix = points(`${besides(paragraph, "previousElementSibling")}\n${head}`).slice(-CONTEXT).join("");
  const suffix = points(`${tail}\n${besides(paragraph, "nextElementSibling")}`).slice(0, CONTEXT).join("");
  return {
    type: "SpecificResource",
    selector: [
      { type: "TextQuoteSelector", exact, prefix, suffix },
      { type: "TextPositionSelector", start, end: start + points(exact).length },
    ],
  };
}

/** The selectors of what is selected inside `article`; none where nothing is. */
export function selectorsIn(article) {
  const selection = document.getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return [];
  const range = selection.getRangeAt(0);
  if (!range.intersectsNode(article)) return [];
  return [...article.querySelectorAll("p[data-start]")]
    .map((paragraph) => [within(range, paragraph), paragraph])
    .filter(([part]) => part && part.toString().trim())
    .map(([part, paragraph]) => selectorOf(part, paragraph));
}

/** The words of selectors, as a person reads them. */
export const wordsOf = (selectors) => selectors.map((one) => one.selector[0].exact).join(" … ");
