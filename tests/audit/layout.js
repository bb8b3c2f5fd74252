/* Looks at a page as it stands and gives what is wrong with it, each fault with a selector. */
() => {
  const path = (el) => {
    const steps = [];
    for (let at = el; at && at !== document.body && steps.length < 4; at = at.parentElement) {
      if (at.id) { steps.unshift(`#${at.id}`); break; }
      const same = at.parentElement ? [...at.parentElement.children].filter((e) => e.tagName === at.tagName) : [at];
      const nth = same.length > 1 ? `:nth-of-type(${same.indexOf(at) + 1})` : "";
      steps.unshift(at.tagName.toLowerCase() + [...at.classList].map((c) => `.${c}`).join("") + nth);
    }
    return steps.join(" > ");
  };
  const said = (el) => (el.getAttribute("aria-label") || el.innerText || el.value || "").trim().slice(0, 12);
  const visible = (el) => {
    if (!el.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return false;
    const box = el.getBoundingClientRect();
    return box.width > 1 && box.height > 1; // 1 px: for screen readers only
  };
  const clipped = (el) => {
    for (let at = el.parentElement; at && at !== document.documentElement; at = at.parentElement) {
      if (getComputedStyle(at).overflowX !== "visible") return true;
    }
    return false;
  };
  const wide = document.documentElement.clientWidth;

  const sideways = () => {
    const far = [...document.body.querySelectorAll("*")]
      .filter((el) => visible(el) && !clipped(el) && el.getBoundingClientRect().right + scrollX > wide + 1)
      .map((el) => `${path(el)} reaches ${Math.round(el.getBoundingClientRect().right + scrollX)} of ${wide} px`);
    const over = document.documentElement.scrollWidth - wide;
    return over > 0 && !far.length ? [`html scrolls by ${over} px`] : far;
  };

  /* What a finger can hit, whatever makes it so: padding, pseudo-elements, a label. */
  const reach = (el) => {
    const owns = (x, y) => {
      const hit = document.elementFromPoint(x, y);
      return Boolean(hit) && (el.contains(hit) || hit.closest("label")?.control === el);
    };
    const boxes = [...el.getClientRects()].sort((a, b) => b.width * b.height - a.width * a.height);
    const x = boxes[0].left + boxes[0].width / 2;
    const y = boxes[0].top + boxes[0].height / 2;
    if (!owns(x, y)) return null;
    const extent = (dx, dy) => {
      let n = 0;
      while (n < 48 && owns(x + dx * (n + 1), y + dy * (n + 1))) n += 1;
      return n;
    };
    return [extent(-1, 0) + extent(1, 0) + 1, extent(0, -1) + extent(0, 1) + 1];
  };
  const targets = () => {
    const found = [];
    const all = "a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button], [role=tab]";
    for (const el of document.querySelectorAll(all)) {
      if (el.disabled || !visible(el)) continue;
      if (el.getBoundingClientRect().right + scrollX < 0) el.focus(); // a skip link comes when it is called
      el.scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" });
      const size = reach(el);
      document.activeElement.blur(); // and would cover others if it stayed
      if (!size) found.push(`${path(el)} “${said(el)}” is covered or out of reach`);
      else if (Math.min(...size) < 48) found.push(`${path(el)} “${said(el)}” ${size[0]} × ${size[1]} px`);
    }
    scrollTo(0, 0);
    return found;
  };

  /* Every element that holds text itself. Body text is what is read in lines: no headings, controls or labels, no
     badges (spans that are boxes), nothing in display size. */
  const short = "h1, h2, h3, h4, h5, h6, button, [role=button], input, select, label, legend, nav, header";
  const fields = "textarea, select, input:not([type=hidden], [type=checkbox], [type=radio])";
  const display = 1.2 * parseFloat(getComputedStyle(document.body).fontSize);
  const leading = (el) => {
    let block = el; // lines are as far apart as their block says
    while (getComputedStyle(block).display === "inline") block = block.parentElement;
    const { lineHeight, fontSize } = getComputedStyle(block);
    return lineHeight === "normal" ? 1.2 : parseFloat(lineHeight) / parseFloat(fontSize);
  };
  const texts = () => {
    const held = new Set();
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) if (walk.currentNode.data.trim()) held.add(walk.currentNode.parentElement);
    for (const field of document.querySelectorAll(fields)) held.add(field);
    return [...held].filter(visible).map((el) => {
      const style = getComputedStyle(el);
      const size = parseFloat(style.fontSize);
      const badge = el.localName === "span" && style.display !== "inline";
      const body = !el.closest(short) && !badge && size <= display;
      return { where: path(el), size, lines: leading(el), body };
    });
  };

  for (const fold of document.querySelectorAll("details")) fold.open = true;
  return { sideways: sideways(), targets: targets(), texts: texts() };
}
