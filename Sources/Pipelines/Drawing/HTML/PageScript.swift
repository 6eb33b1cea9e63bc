/// The script of a page: the layout's coordinates over again (`LevelPlacement` and
/// `CrossCoordinates`, whose order it takes as given), and the buttons.
enum PageScript {
  static let text = placement + coordinates + drawing + map + buttons

  private static let placement = #"""

    // Where everything of a level stands; an expanded pipeline is a box around its own level.
    function place(level) {
      const inner = level.items.map(item => item.isExpanded ? place(item.level) : null);
      const boxes = level.items.map((item, i) => inner[i]
        ? {cross: 0, flow: 0, across: inner[i].across + 2 * scene.padding,
           along: inner[i].along + 2 * scene.padding}
        : {cross: 0, flow: 0, across: item.cross, along: item.flow});
      const placed = {level, inner, boxes, bands: [], across: 0, along: 0, middles: []};
      placeAcross(placed);
      placeAlong(placed);
      return placed;
    }

    const middle = box => box.cross + box.across / 2;

    // How far a port is from the middle of its box, and how far within the box an edge ends.
    function offset(placed, item, port) {
      const inner = placed.inner[item];
      if (!inner) return port.offset;
      if (port.inner < 0) return 0;
      return scene.padding + middle(inner.boxes[port.inner]) - placed.boxes[item].across / 2;
    }
    function depthInto(placed, item, port) {
      const inner = placed.inner[item];
      return inner && port.inner >= 0 ? scene.padding + inner.boxes[port.inner].flow : 0;
    }
    function depthOutOf(placed, item, port) {
      const inner = placed.inner[item];
      if (!inner || port.inner < 0) return 0;
      const box = inner.boxes[port.inner];
      return scene.padding + inner.along - box.flow - box.along;
    }
    const sourceOffset = (placed, edge) =>
      offset(placed, edge.source, placed.level.items[edge.source].outOf[edge.outOf]);
    const targetOffset = (placed, edge) =>
      offset(placed, edge.target, placed.level.items[edge.target].into[edge.into]);

    function placeAlong(placed) {
      const {level, boxes, middles} = placed;
      const sideways = level.layers.map(() => 0);
      placed.layerOf = [];
      level.layers.forEach((slots, layer) => slots.forEach(s => placed.layerOf[s] = layer));
      for (const edge of level.edges) {
        const last = edge.chain.length - 2;
        for (let i = 0; i <= last; i++) {
          const a = middles[edge.chain[i]] + (i == 0 ? sourceOffset(placed, edge) : 0);
          const b = middles[edge.chain[i + 1]] + (i == last ? targetOffset(placed, edge) : 0);
          const layer = placed.layerOf[edge.chain[i]];
          sideways[layer] = Math.max(sideways[layer], Math.abs(a - b));
        }
      }
      let flow = 0;
      level.layers.forEach((slots, layer) => {
        const items = slots.filter(slot => slot < boxes.length);
        const room = item =>
          boxes[item].along + level.items[item].before + level.items[item].after;
        const tallest = Math.max(0, ...items.map(room));
        for (const item of items)
          boxes[item].flow = flow + level.items[item].before
            + (tallest - room(item)) * level.items[item].drop;
        placed.bands.push([flow, flow + tallest]);
        placed.along = flow + tallest;
        flow += tallest + Math.min(
          Math.max(scene.layerGap, 20 + scene.slope * sideways[layer]), scene.widestLayerGap);
      });
    }
    """#

  private static let coordinates = #"""

    // The places across: each slot near those it is linked to, in order, long edges straight.
    function placeAcross(placed) {
      const {level, boxes} = placed;
      const count = level.items.length;
      const widths = [], middles = [], above = [], below = [], chains = [];
      for (let slot = 0; slot < level.slots; slot++) {
        widths.push(slot < count ? Math.max(boxes[slot].across, level.items[slot].reserve) : 2);
        middles.push(0); above.push([]); below.push([]);
      }
      const passes = (a, b) => (a < count ? 0 : 1) + (b < count ? 0 : 1);
      const distance = (a, b) => (widths[a] + widths[b]) / 2
        + [scene.boxGap, scene.passGap, scene.edgeGap][passes(a, b)];
      for (const slots of level.layers) {
        let cross = 0;
        slots.forEach((slot, i) => {
          if (i > 0) cross += distance(slots[i - 1], slot);
          middles[slot] = cross;
        });
        for (const slot of slots) middles[slot] -= cross / 2;
      }
      for (const edge of level.edges) {
        const last = edge.chain.length - 2;
        for (let i = 0; i <= last; i++) {
          const a = edge.chain[i], b = edge.chain[i + 1], weight = [1, 2, 8][passes(a, b)];
          const shift = (i == 0 ? sourceOffset(placed, edge) : 0)
            - (i == last ? targetOffset(placed, edge) : 0);
          above[b].push([a, shift, weight]);
          below[a].push([b, -shift, weight]);
        }
        if (last > 0) chains.push(edge.chain.slice(1, -1));
      }
      // Least squares in order: what would overlap is pooled.
      function settle(slots, up, down) {
        const pools = [], shifts = [];
        let shift = 0;
        slots.forEach((slot, i) => {
          if (i > 0) shift += distance(slots[i - 1], slot);
          shifts.push(shift);
          let sum = middles[slot] * 0.01, weight = 0.01;
          for (const [other, by, pull] of [...(up ? above[slot] : []), ...(down ? below[slot] : [])]) {
            sum += (middles[other] + by) * pull;
            weight += pull;
          }
          pools.push([sum / weight - shift, weight, 1]);
          while (pools.length > 1 && pools[pools.length - 2][0] > pools[pools.length - 1][0]) {
            const [m, w, n] = pools.pop(), [m0, w0, n0] = pools.pop();
            pools.push([(m0 * w0 + m * w) / (w0 + w), w0 + w, n0 + n]);
          }
        });
        let i = 0;
        for (const [mean, , n] of pools)
          for (let k = 0; k < n; k++, i++) middles[slots[i]] = mean + shifts[i];
      }
      for (let round = 0; round < 20; round++) {
        for (const slots of level.layers) settle(slots, true, round >= 8);
        for (const slots of [...level.layers].reverse()) settle(slots, round >= 8, true);
      }
      // Where a slot can be between its neighbours.
      const room = (slots, i) => {
        const low = i > 0
          ? middles[slots[i - 1]] + distance(slots[i - 1], slots[i]) : -Infinity;
        const high = i < slots.length - 1
          ? middles[slots[i + 1]] - distance(slots[i], slots[i + 1]) : Infinity;
        return [low, Math.max(low, high)];
      };
      straighten(level.layers, chains, middles, room);
      for (const slots of level.layers)
        slots.forEach((slot, i) => {
          if (slot >= count || above[slot].length + below[slot].length != 1) return;
          const [other, by] = above[slot][0] || below[slot][0], [low, high] = room(slots, i);
          middles[slot] = Math.min(Math.max(middles[other] + by, low), high);
        });
      let low = Infinity, high = -Infinity;
      middles.forEach((m, slot) => {
        low = Math.min(low, m - widths[slot] / 2);
        high = Math.max(high, m + widths[slot] / 2);
      });
      placed.middles = middles.map(m => m - low);
      placed.across = low <= high ? high - low : 0;
      level.items.forEach((item, i) => {
        if (item.isTitle) placed.middles[i] = widths[i] / 2;
        boxes[i].cross = placed.middles[i] - boxes[i].across / 2;
      });
    }

    function straighten(layers, chains, middles, room) {
      const home = [];
      for (const slots of layers) slots.forEach((slot, i) => home[slot] = [slots, i]);
      const align = (run, low, high) => {
        if (!run.length) return;
        const mean = run.reduce((sum, slot) => sum + middles[slot], 0) / run.length;
        const target = Math.min(Math.max(mean, low), Math.max(low, high));
        for (const slot of run) middles[slot] = target;
      };
      for (const chain of chains) {
        let run = [], low = -Infinity, high = Infinity;
        for (const slot of chain) {
          const [least, most] = room(...home[slot]);
          if (Math.max(low, least) > Math.min(high, most) + 1e-6) {
            align(run, low, high);
            run = []; low = -Infinity; high = Infinity;
          }
          run.push(slot);
          low = Math.max(low, least); high = Math.min(high, most);
        }
        align(run, low, high);
      }
    }
    """#

  private static let drawing = #"""

    const svg = document.querySelector("svg.columnar-drawing");
    const parts = {};
    for (const element of svg.querySelectorAll("*"))
      for (const [what, id] of Object.entries(element.dataset)) parts[what + id] = element;
    const number = value => Math.round(value * 100) / 100;
    const point = (cross, flow) => scene.isDown
      ? number(cross) + " " + number(flow) : number(flow) + " " + number(cross);
    const moveTo = (element, cross, flow) =>
      element.setAttribute("transform", "translate(" + point(cross, flow) + ")");
    const show = (element, isShown) => isShown
      ? element.removeAttribute("display") : element.setAttribute("display", "none");

    // The way of an edge: straight through layers, curved only between them.
    function way(placed, edge) {
      const {level, boxes, bands, middles, layerOf} = placed;
      const source = level.items[edge.source].outOf[edge.outOf];
      const target = level.items[edge.target].into[edge.into];
      let cross = middles[edge.source] + sourceOffset(placed, edge);
      const start = boxes[edge.source].flow + boxes[edge.source].along
        - depthOutOf(placed, edge.source, source);
      let path = "M" + point(cross, start);
      edge.chain.forEach((slot, i) => {
        const band = bands[layerOf[slot]], isLast = i == edge.chain.length - 1;
        if (i > 0) {
          const next = middles[slot] + (isLast ? targetOffset(placed, edge) : 0);
          const before = bands[layerOf[slot] - 1][1], half = (before + band[0]) / 2;
          path += Math.abs(next - cross) > 0.5
            ? " C" + point(cross, half) + " " + point(next, half) + " " + point(next, band[0])
            : " L" + point(next, band[0]);
          cross = next;
        }
        if (!isLast) path += " L" + point(cross, band[1]);
      });
      const tip = boxes[edge.target].flow + depthInto(placed, edge.target, target);
      return {path: path + " L" + point(cross, tip - scene.arrow + 1), cross, tip};
    }

    function draw(placed) {
      const {level, boxes} = placed;
      level.items.forEach((item, i) => {
        const box = boxes[i];
        moveTo(parts["item" + item.id], box.cross, box.flow);
        item.outOf.forEach((port, k) => {
          if (port.label) moveTo(parts["label" + item.id + "-out-" + k],
            middle(box) + offset(placed, i, port), box.flow + box.along + 5 + port.label / 2);
        });
        item.into.forEach((port, k) => {
          if (port.label) moveTo(parts["label" + item.id + "-in-" + k],
            middle(box) + offset(placed, i, port),
            box.flow - scene.arrow - 4 - port.label / 2);
        });
        if (!item.level) return;
        const frame = parts["frame" + item.id], group = parts["level" + item.level.id];
        show(parts["item" + item.id], !item.isExpanded);
        show(frame, item.isExpanded);
        show(group, item.isExpanded);
        if (!item.isExpanded) return;
        const [x, y, w, h] = scene.isDown
          ? [box.cross, box.flow, box.across, box.along]
          : [box.flow, box.cross, box.along, box.across];
        frame.setAttribute("x", number(x));
        frame.setAttribute("y", number(y));
        frame.setAttribute("width", number(w));
        frame.setAttribute("height", number(h));
        moveTo(group, box.cross + scene.padding, box.flow + scene.padding);
        draw(placed.inner[i]);
      });
      for (const edge of level.edges) {
        const {path, cross, tip} = way(placed, edge), back = tip - scene.arrow;
        parts["edge" + edge.id].setAttribute("d", path);
        parts["arrow" + edge.id].setAttribute("d", "M" + point(cross, tip) + " L"
          + point(cross - 4, back) + " L" + point(cross + 4, back) + " Z");
      }
    }

    let scale = 1, width = +svg.getAttribute("width"), height = +svg.getAttribute("height");
    const legend = parts.legend0;
    function resize() {
      svg.setAttribute("viewBox", "0 0 " + number(width) + " " + number(height));
      svg.setAttribute("width", number(width * scale));
      svg.setAttribute("height", number(height * scale));
      showMap();
    }
    function layout() {
      const placed = place(scene.level);
      const [w, h] = scene.isDown ? [placed.across, placed.along] : [placed.along, placed.across];
      const least = legend ? legend.getBBox().width : 0;
      width = Math.max(w, least) + 2 * scene.margin;
      height = h + 2 * scene.margin + (legend ? 34 : 0);
      parts.root0.setAttribute("transform",
        "translate(" + number((width - w) / 2) + " " + scene.margin + ")");
      if (legend) legend.setAttribute("transform",
        "translate(" + scene.margin + " " + number(height - 34) + ")");
      draw(placed);
      resize();
    }
    """#

  private static let map = #"""

    // A small map, where the picture is larger than the window: boxes, and what is seen of them.
    const aside = document.querySelector("aside"), mapSVG = document.querySelector(".map");
    const main = document.querySelector("main"), header = document.querySelector("header");
    const scenePlace = element => {
      const box = svg.getBoundingClientRect(), own = element.getBoundingClientRect();
      return [(own.left - box.left) / scale, (own.top - box.top) / scale,
        own.width / scale, own.height / scale];
    };
    function rect(x, y, w, h, name) {
      const made = document.createElementNS("http://www.w3.org/2000/svg", "rect");
      for (const [key, value] of Object.entries({x, y, width: w, height: h}))
        made.setAttribute(key, number(value));
      if (name) made.setAttribute("class", name);
      mapSVG.append(made);
      return made;
    }
    let view;
    function showMap() {
      const top = header.offsetHeight;
      aside.hidden = width * scale <= main.clientWidth + 1
        && height * scale <= window.innerHeight - top + 1;
      // Room to scroll what the map covers out from under it.
      document.body.classList.toggle("mapped", !aside.hidden);
      if (aside.hidden) return;
      const factor = Math.min(140 / width, 100 / height);
      mapSVG.setAttribute("viewBox", "0 0 " + number(width) + " " + number(height));
      mapSVG.setAttribute("width", number(width * factor));
      mapSVG.setAttribute("height", number(height * factor));
      mapSVG.replaceChildren();
      for (const element of svg.querySelectorAll(".node,.input,.output,.value")) {
        const place = scenePlace(element);
        if (place[2] > 0) rect(...place);
      }
      view = rect(0, 0, 0, 0, "view");
      view.setAttribute("stroke-width", number(1.5 / factor));
      showView();
    }
    function showView() {
      if (aside.hidden || !view) return;
      const box = svg.getBoundingClientRect(), top = header.getBoundingClientRect().bottom;
      const x = Math.max(0, -box.left), y = Math.max(0, top - box.top);
      const w = Math.min(main.clientWidth, box.right) - Math.max(0, box.left);
      const h = Math.min(window.innerHeight, box.bottom) - Math.max(top, box.top);
      const values = {x, y, width: Math.max(w, 0), height: Math.max(h, 0)};
      for (const [key, value] of Object.entries(values))
        view.setAttribute(key, number(value / scale));
    }
    // Brings the point of the picture that the pointer is at on the map into the middle.
    function go(event) {
      const box = mapSVG.getBoundingClientRect();
      const x = (event.clientX - box.left) / box.width * width * scale;
      const y = (event.clientY - box.top) / box.height * height * scale;
      const top = svg.getBoundingClientRect().top + window.scrollY;
      main.scrollLeft = x - main.clientWidth / 2;
      window.scrollTo(window.scrollX, top + y - (window.innerHeight + header.offsetHeight) / 2);
    }
    aside.addEventListener("pointerdown", event => {
      aside.setPointerCapture(event.pointerId);
      go(event);
    });
    aside.addEventListener("pointermove", event => { if (event.buttons) go(event); });
    for (const where of [window, main]) where.addEventListener("scroll", showView);
    window.addEventListener("resize", showMap);
    """#

  private static let buttons = #"""

    function all(level, body) {
      for (const item of level.items) if (item.level) { body(item); all(item.level, body); }
    }
    function fit() {
      const room = window.innerHeight - header.offsetHeight;
      scale = Math.max(0.1, Math.min(1, main.clientWidth / width, room / height));
      resize();
      window.scrollTo(0, 0);
    }
    const actions = {
      expand() { all(scene.level, item => item.isExpanded = true); layout(); },
      collapse() { all(scene.level, item => item.isExpanded = false); layout(); },
      in() { zoom(1.25); },
      out() { zoom(0.8); },
      fit,
    };
    // What is at that place of the window, or else in its middle, stays there.
    function zoom(factor, x = main.clientWidth / 2, y = window.innerHeight / 2) {
      const before = svg.getBoundingClientRect(), old = scale;
      scale = Math.min(4, Math.max(0.1, scale * factor));
      resize();
      const after = svg.getBoundingClientRect(), by = scale / old;
      main.scrollLeft += (x - before.left) * by - (x - after.left);
      window.scrollBy(0, (y - before.top) * by - (y - after.top));
      showView();
    }
    main.addEventListener("wheel", event => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      zoom(event.deltaY < 0 ? 1.1 : 1 / 1.1, event.clientX, event.clientY);
    }, {passive: false});
    document.querySelector("select").addEventListener("change", event => {
      document.documentElement.dataset.theme = event.target.value;
    });
    let nested = 0;
    all(scene.level, item => {
      nested++;
      const toggle = () => {
        // What was clicked stays where it is on the screen.
        const head = id => parts["item" + id].getBoundingClientRect();
        const title = item.level.items[0].id;
        const from = head(item.isExpanded ? title : item.id);
        item.isExpanded = !item.isExpanded;
        layout();
        const shown = item.isExpanded ? title : item.id, to = head(shown);
        window.scrollBy(0, to.top - from.top);
        document.querySelector("main").scrollBy(to.left - from.left, 0);
        parts["item" + shown].focus({preventScroll: true});
      };
      for (const id of [item.id, item.level.items[0].id]) {
        const element = parts["item" + id];
        element.addEventListener("click", toggle);
        element.addEventListener("keydown", event => {
          if (event.key != "Enter" && event.key != " ") return;
          event.preventDefault();
          toggle();
        });
      }
    });
    for (const button of document.querySelectorAll("button")) {
      const what = button.dataset.do;
      button.hidden = !nested && (what == "expand" || what == "collapse");
      button.addEventListener("click", () => actions[what](button));
    }
    document.querySelector("nav").hidden = false;
    showMap();
    if (width > document.documentElement.clientWidth) {
      scale = Math.max(0.5, document.documentElement.clientWidth / width);
      resize();
    }
    """#
}
