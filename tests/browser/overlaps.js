// What in the charts of a stage lies over something else, or is cut off: a sentence for each. Called with the stage.
(stage) => {
  const LETTERS = ".textpoint text, .annotation-text, .legendtext";
  const TICKS = ".xtick text, .ytick text, .x2tick text, .y2tick text, .y3tick text";
  const TEXTS = `.gtitle, .xtitle, .ytitle, ${LETTERS}, ${TICKS}`;
  const APART = 0.5; // pixels: nearer is not yet on one another
  const CUT = 1.5; // of a dot
  const PASSING = ["cursor line", "chosen line"]; // a line at the dial's value goes past every name on its way
  const SMALLEST = 10; // of a title's letters

  const isSeen = (element) => {
    for (let one = element; one instanceof Element; one = one.parentElement) {
      const { display, visibility, opacity } = getComputedStyle(one);
      if (display === "none" || visibility === "hidden" || opacity === "0") return false;
    }
    return true;
  };
  const isOver = (a, b, by = APART) =>
    Math.min(a.right, b.right) - Math.max(a.left, b.left) > by && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > by;
  const common = (a, b) => ({
    left: Math.max(a.left, b.left),
    right: Math.min(a.right, b.right),
    top: Math.max(a.top, b.top),
    bottom: Math.min(a.bottom, b.bottom),
  });

  /** Where the letters of a text are: a line is higher than they. */
  const inked = (text) => {
    const { a, b } = text.getScreenCTM();
    const walk = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    const rectangles = [];
    while (walk.nextNode()) {
      const { data } = walk.currentNode;
      const range = document.createRange();
      range.setStart(walk.currentNode, data.length - data.trimStart().length);
      range.setEnd(walk.currentNode, data.trimEnd().length);
      rectangles.push(...range.getClientRects());
    }
    const above = 0.24, below = 0.22; // of its height
    return rectangles
      .filter(({ width, height }) => width > 1 && height > 1)
      .map(({ left, right, top, bottom, width, height }) =>
        Math.abs(b) < Math.abs(a)
          ? { left, right, top: top + above * height, bottom: bottom - below * height }
          : { top, bottom, left: left + above * width, right: right - below * width },
      );
  };

  /** The straight pieces of a line, on the screen. */
  const pieces = (path) => {
    const { a, b, c, d, e, f } = path.getScreenCTM();
    const places = [];
    let [x, y] = [0, 0];
    for (const [, command, rest] of (path.getAttribute("d") || "").matchAll(/([MLHV])([^MLHV]*)/g)) {
      const numbers = (rest.match(/-?[\d.]+(?:e[-+]?\d+)?/gi) || []).map(Number);
      const pairs = { H: numbers.map((at) => [at, y]), V: numbers.map((at) => [x, at]) }[command];
      const all = pairs || numbers.flatMap((at, i) => (i % 2 ? [[numbers[i - 1], at]] : []));
      all.forEach((place, i) => {
        [x, y] = place;
        places.push({ x: a * x + c * y + e, y: b * x + d * y + f, begins: command === "M" && i === 0 });
      });
    }
    return places.flatMap((place, i) => (i && !place.begins ? [[places[i - 1], place]] : []));
  };
  const crosses = ([from, to], { left, right, top, bottom }) => {
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    let [first, last] = [0, 1];
    for (const [speed, room] of [[-dx, from.x - left], [dx, right - from.x], [-dy, from.y - top], [dy, bottom - from.y]]) {
      if (speed === 0 && room < 0) return false;
      if (speed < 0) first = Math.max(first, room / speed);
      if (speed > 0) last = Math.min(last, room / speed);
    }
    return first <= last;
  };
  /** Where a line that grows ends by now: a window is over it. */
  const endOf = (group) => {
    const [, id] = /#(growth[^)"]*)/.exec(group.getAttribute("clip-path") || "") || [];
    const shown = id && group.ownerSVGElement.querySelector(`[id="${id}"] rect`);
    if (!shown) return Infinity;
    const { a, e } = group.getScreenCTM();
    return e + a * (Number(shown.getAttribute("x")) + Number(shown.getAttribute("width")));
  };
  const kindOf = (text) =>
    text.matches(".gtitle") ? "title" : text.matches(".xtitle, .ytitle") ? "axis" : text.matches(TICKS) ? "tick" : "name";

  const chart = (box, say) => {
    const plot = box.querySelector(".plot");
    const room = box.getBoundingClientRect();
    const areas = Array.from(plot.querySelectorAll(".nsewdrag"), (area) => area.getBoundingClientRect());
    const texts = Array.from(plot.querySelectorAll(TEXTS))
      .filter((text) => text.textContent.trim() && isSeen(text))
      .flatMap((text) => inked(text).map((at) => ({ text, at, kind: kindOf(text), says: text.textContent.trim() })));
    const names = texts.filter(({ kind }) => kind === "name");

    texts.forEach((one, i) => {
      for (const other of texts.slice(i + 1)) {
        if (one.text !== other.text && isOver(one.at, other.at)) say(`“${one.says}” on “${other.says}”`);
      }
      const { at, says, text, kind } = one;
      const over = Math.max(room.left - at.left, at.right - room.right, room.top - at.top, at.bottom - room.bottom);
      if (over > 2 * APART) say(`“${says}” is cut off`);
      if (kind === "title" && parseFloat(getComputedStyle(text).fontSize) < SMALLEST) say(`“${says}” is too small`);
      if (text.matches(".xtick text, .x2tick text") && Math.abs(text.getScreenCTM().b) > 0.1) say("ticks lie on their side");
    });
    const isFramed = plot._fullLayout.xaxis.visible;
    for (const { at, says } of names) {
      for (const area of isFramed ? areas : []) {
        const isAcross = Math.min(at.right, area.right) - Math.max(at.left, area.left) > 1;
        const isAlong = Math.min(at.bottom, area.bottom) - Math.max(at.top, area.top) > 1;
        const onBottom = isAcross && at.top < area.bottom && at.bottom > area.bottom;
        const onLeft = isAlong && at.left < area.left && at.right > area.left;
        if (onBottom || onLeft) say(`“${says}” on an axis`);
      }
    }

    for (const group of plot.querySelectorAll(".scatterlayer .trace")) {
      const { role, part } = group.__data__[0].trace.meta;
      const what = `${role} ${part}`;
      if (PASSING.includes(what)) continue;
      for (const dot of group.querySelectorAll("path.point")) {
        const ring = dot.getBoundingClientRect();
        if (!ring.width || !isSeen(dot)) continue;
        const [x, y, radius] = [(ring.left + ring.right) / 2, (ring.top + ring.bottom) / 2, ring.width / 2];
        const isOpen = getComputedStyle(dot).fill === "none";
        for (const { at, says } of names) {
          const near = Math.hypot(Math.max(at.left - x, 0, x - at.right), Math.max(at.top - y, 0, y - at.bottom));
          const far = Math.hypot(Math.max(x - at.left, at.right - x), Math.max(y - at.top, at.bottom - y));
          if (near < radius - 1 && (!isOpen || far > radius - 3)) say(`“${says}” on a dot of ${what}`);
        }
        if (!dot.closest("[clip-path]")) continue;
        for (const area of areas) {
          const isHere = x > area.left - 1 && x < area.right + 1 && y > area.top - 1 && y < area.bottom + 1;
          const cut = Math.max(area.left - ring.left, ring.right - area.right, area.top - ring.top, ring.bottom - area.bottom);
          if (isHere && cut > CUT) say(`a dot of ${what} is cut off`);
        }
      }
      for (const path of group.querySelectorAll("path.js-line")) {
        const { strokeWidth, strokeOpacity } = getComputedStyle(path);
        if (!parseFloat(strokeWidth) || strokeOpacity === "0" || !isSeen(path)) continue;
        const half = (parseFloat(strokeWidth) * path.getScreenCTM().a) / 2 - 1;
        const line = pieces(path);
        const end = endOf(group);
        for (const { at, says } of names) {
          const area = areas.find((one) => isOver(one, at, 0));
          const { left, right, top, bottom } = area ? common(area, at) : { left: 0, right: -1 };
          const grown = { left: left - half, right: Math.min(end, right + half), top: top - half, bottom: bottom + half };
          if (area && grown.left < grown.right && line.some((piece) => crosses(piece, grown))) say(`“${says}” on the line of ${what}`);
        }
      }
    }
  };

  const found = new Set();
  for (const box of stage.querySelectorAll(".box")) {
    const name = box.dataset.testid.replace("stage-", "");
    if (box.offsetParent) chart(box, (wrong) => found.add(`${name}: ${wrong}`));
  }
  return Array.from(found);
}
