// The parallel tree: real elements with roles and names over the canvas, transparent, in reading order.
Kumquat.mirror = {
  byKey: new Map(),
  root: document.getElementById('dom'),
  // The order of Role (src/platform/dom_mirror.h). `text`: the name is the element's text; else it is its aria-label.
  roles: [
    { tag: 'div', named: 'group' }, { tag: 'nav' }, { tag: 'main' }, { tag: 'section' }, { tag: 'form' },
    { tag: 'div', role: 'dialog', modal: true }, { tag: 'h', text: true }, { tag: 'ul', role: 'list' }, { tag: 'li' },
    { tag: 'button' }, { tag: 'a', text: true, select: true }, { tag: 'button', role: 'switch' }, { tag: 'div', role: 'radiogroup' },
    { tag: 'button', role: 'radio' }, { tag: 'div', role: 'menu' }, { tag: 'button', role: 'menuitem' },
    { tag: 'div', role: 'log' }, { tag: 'article' }, { tag: 'span', text: true, select: true }, { tag: 'div', text: true },
    { tag: 'div', role: 'progressbar' }, { tag: 'div', role: 'img' }, { tag: 'field' }, { tag: 'div', text: true },
    { tag: 'button', role: 'checkbox' }, { tag: 'button', role: 'menuitemcheckbox' }, { tag: 'button', role: 'menuitemradio' },
    { tag: 'p' }, { tag: 'span', line: true },
  ],
  // Side by side some of them lose half of their width, when a browser sets them.
  signs: /[\u2018-\u201D\u3001-\u301F\u30FB\uFF01-\uFF0F\uFF1A-\uFF20\uFF3B-\uFF65]{2}/,
  flowing: new Set(),  // paragraphs whose lines have changed
  refocus: null,
  lost: '',  // key of a node that went with the focus
  // Where the log rests, CSS pixels: as far as style.css moves what is in it. A browser that brings something into view (find,
  // Tab) can so scroll it up as well as down; scrolled() takes that over.
  rest: 30000,
  unrested: null,  // a log that has to be scrolled to its rest
  deferred: new Set(),  // keys of nodes that wait for the end of a composition
  lastSaid: ['', ''],
  held: ['', ''],  // keys of the first and the last message with selected text
  dragged: null,  // where a pressed mouse is, CSS pixels from the top

  create(key, role, level, parent, after) {
    const made = this.roles[role] || this.roles[0];
    let element;
    if (made.tag === 'field') {
      const field = Kumquat.fields.byId.get(key);
      element = field ? field.element : null;
    } else {
      element = document.createElement(made.tag === 'h' ? 'h' + Math.min(Math.max(level, 1), 6) : made.tag);
      element.className = made.select ? 'node text' : 'node';
      element.dataset.key = key;
      if (made.role) element.setAttribute('role', made.role);
      if (made.modal) element.setAttribute('aria-modal', 'true');
      if (made.tag === 'button') element.type = 'button';
      if (made.role === 'log') element.setAttribute('aria-live', 'off');
      if (made.tag === 'a') {
        element.target = '_blank';
        element.rel = 'noopener noreferrer';
      }
    }
    this.byKey.set(key, { element, made, rect: null });
    this.insert(key, parent, after);
  },

  elementOf(key) {
    const node = this.byKey.get(key);
    return node ? node.element : null;
  },

  insert(key, parent, after) {
    const node = this.byKey.get(key);
    if (!node) return;
    node.parent = parent;
    node.after = after;
    if (!node.element) return;
    const inside = this.elementOf(parent) || this.root;
    // A field that C++ has not made yet leaves a gap: look for the element before it.
    let previous = this.elementOf(after);
    for (let at = after; !previous && at; at = this.byKey.get(at).after) previous = this.elementOf(at);
    const before = previous && previous.parentNode === inside ? previous.nextSibling : inside.firstChild;
    if (node.element.parentNode === inside && (before === node.element || node.element.nextSibling === before)) return;
    // Moving a field, or what it stands in, breaks the composition in it.
    const composing = Kumquat.fields.composing;
    if (composing !== null && node.element.contains(composing)) {
      this.deferred.add(key);
      return;
    }
    // Moving takes the focus away; done() gives it back.
    if (node.element.contains(document.activeElement)) this.refocus = document.activeElement;
    inside.insertBefore(node.element, before);
    // Moving also scrolls back to the top what is in it. Only then: to scroll, the browser has to lay out the page.
    const log = this.root.querySelector('[role=log]');
    if (log !== null && node.element.contains(log)) this.unrested = log;
  },

  move(key, parent, after) {
    this.insert(key, parent, after);
  },

  compositionEnded() {
    const keys = [...this.deferred];
    this.deferred.clear();
    for (const key of keys) {
      const node = this.byKey.get(key);
      if (node) this.insert(key, node.parent, node.after);
    }
    this.done();
  },

  // The field appeared after its node.
  placeField(id, element) {
    const node = this.byKey.get(id);
    if (node) {
      node.element = element;
      this.insert(id, node.parent, node.after);
    } else {
      this.root.append(element);
    }
  },

  remove(key) {
    const node = this.byKey.get(key);
    if (!node) return;
    this.byKey.delete(key);
    this.flowing.delete(node);
    this.touchParagraph(node);
    if (!node.element) return;
    if (node.made.tag !== 'field') {
      const active = document.activeElement;
      const focused = node.element.contains(active) && !Kumquat.stage.isField(active);
      node.element.remove();
      if (focused) {
        this.lost = this.keyOf(active);
        // Browsers do not agree on telling of a focus that went with its element.
        Kumquat.host.nodeFocus('', 0);
      }
      return;
    }
    if (node.element === Kumquat.fields.composing) return;
    // The field lives as long as C++ wants it to; only its place in the order is gone.
    if (node.element.isConnected && node.element.parentNode !== this.root) this.root.append(node.element);
  },

  // What is in a paragraph, or has just gone from it, has no place of its own.
  touchParagraph(node) {
    const line = node.made.line ? node : this.byKey.get(node.parent);
    const inside = line !== undefined && line.made.line === true;
    const paragraph = inside ? this.byKey.get(line.parent) : undefined;
    if (paragraph !== undefined) this.flowing.add(paragraph);
    return inside;
  },

  setText(key, which, text) {
    const node = this.byKey.get(key);
    if (!node || !node.element) return;
    const element = node.element;
    if (which === 1) {
      if (text) element.setAttribute('aria-description', text);
      else element.removeAttribute('aria-description');
    } else if (which === 2) {
      if (/^https?:\/\//i.test(text)) element.href = text;
      else element.removeAttribute('href');
    } else if (which === 3) {
      if (text) element.dataset.copied = text;
      else delete element.dataset.copied;
    } else if (node.made.text) {
      element.textContent = text;
      node.text = text;
      this.touchParagraph(node);
    } else {
      if (text) element.setAttribute('aria-label', text);
      else element.removeAttribute('aria-label');
      if (node.made.named && text) element.setAttribute('role', node.made.named);
    }
  },

  // left, top, width, height, font; CSS pixels, relative to the nearest ancestor that has a place.
  place(key, n) {
    const node = this.byKey.get(key);
    if (!node || !node.element) return;
    const element = node.element;
    const style = element.style;
    const [left, top, width, height, font] = n;
    const placed = width > 0 && height > 0;
    if (this.touchParagraph(node)) {
      node.place = { left, top, width, height, font };
      return;
    }
    element.classList.toggle('placed', placed);
    // Out of sight, not out of reach; but a container without a place must not hide what is in it.
    element.classList.toggle('vh', !placed && node.made.text === true);
    if (!placed) return;
    style.left = left + 'px';
    style.top = top + 'px';
    style.width = width + 'px';
    style.height = height + 'px';
    if (node.made.role === 'log') this.unrested = element;
  },

  // Bits as in src/platform/web/web_mirror.cpp.
  setState(key, bits, position, setSize, percent) {
    const node = this.byKey.get(key);
    if (!node || !node.element) return;
    const element = node.element;
    const set = (name, value) => {
      if (value === null) element.removeAttribute(name);
      else element.setAttribute(name, value);
    };
    const tri = (has, is) => (bits & has ? String(Boolean(bits & is)) : null);
    set('aria-disabled', bits & 1 ? 'true' : null);
    const interactive = node.made.tag === 'button' || node.made.tag === 'a';
    if (bits & 2) element.tabIndex = 0;
    else if (bits & 4 || interactive) element.tabIndex = -1;
    else element.removeAttribute('tabindex');
    element.inert = Boolean(bits & 8);
    set('aria-checked', tri(16, 32));
    set('aria-expanded', tri(64, 128));
    set('aria-pressed', tri(256, 512));
    set('aria-current', bits & 1024 ? 'true' : null);
    set('aria-haspopup', bits & 2048 ? 'true' : null);
    set('aria-busy', bits & 4096 ? 'true' : null);
    // As the canvas does it: if nobody says, the first letter with a direction decides.
    if (node.made.select) element.dir = bits & 8192 ? (bits & 16384 ? 'rtl' : 'ltr') : 'auto';
    node.onePiece = Boolean(bits & 32768);
    set('aria-posinset', position > 0 ? String(position) : null);
    set('aria-setsize', setSize !== 0 ? String(setSize) : null);
    if (node.made.role === 'progressbar') set('aria-valuenow', percent >= 0 ? String(percent) : null);
  },

  // After a batch of changes.
  done() {
    for (const node of this.flowing) this.flow(node.element);
    this.flowing.clear();
    if (this.dragged !== null) this.selectAtEdge();
    if (this.unrested !== null) this.unrested.scrollTop = this.rest;
    this.unrested = null;
    if (this.refocus !== null) {
      if (this.refocus.isConnected && this.refocus !== document.activeElement) this.refocus.focus({ preventScroll: true });
      this.refocus = null;
    }
    const lost = this.lost;
    this.lost = '';
    if (lost === '' || (document.activeElement !== null && document.activeElement !== document.body)) return;
    if (this.byKey.has(lost)) this.focus(lost);
    else Kumquat.host.nodeLost(lost);
  },

  // Lines that are one text for the browser, which finds and selects across them. An element with a place of its own would part
  // the text; so each flows, and breaks where the canvas broke it (style.css, breaks).
  flow(paragraph) {
    const nodes = ({ children }) => [...children].map((child) => this.byKey.get(child.dataset.key)).filter(({ place }) => place);
    const lines = nodes(paragraph);
    for (const line of lines) {
      const last = line === lines[lines.length - 1];
      line.element.classList.toggle('breaks', !last && !line.element.textContent.endsWith('\n'));
      // What is not at the left of the paragraph runs from right to left: for the browser this margin is at its end. One at the
      // beginning of a line would stay on the line before, in Chromium.
      nodes(line.element).reduce((end, piece) => this.flowPiece(piece, end), -line.place.left);
    }
  },

  // A part of a line after what ends at `before`. Returns where it ends.
  flowPiece({ element, place, text, onePiece }, before) {
    const { style } = element;
    element.classList.toggle('by-letters', !onePiece);
    style.fontSize = place.font + 'px';
    style.lineHeight = place.height + 'px';
    style.marginLeft = place.left - before + 'px';
    // A tab is four blanks (src/gfx/text_engine.cpp).
    const words = text.replace(/[\r\n]+$/, '').replaceAll('\t', '    ');
    if (words.length > text.length) style.tabSize = Kumquat.glyphs.cssWidth('    ', place.font) + 'px';
    // As wide as it was drawn, so that a selection lies on the letters; a pixel is what rounding makes. Measured with a canvas:
    // asking the DOM would lay out the page for every line.
    const own = Kumquat.glyphs.cssWidth(words, place.font);
    const trimmed = !onePiece && this.signs.test(words);
    const stretched = words !== '' && !trimmed && Math.abs(place.width - own) > 1;
    style.letterSpacing = stretched ? (place.width - own) / [...words].length + 'px' : '';
    return place.left + (stretched ? place.width : own);
  },

  focus(key) {
    const element = this.elementOf(key);
    if (element) element.focus({ preventScroll: true });
  },

  // Positions are C++'s. What a browser brings into view in the log, C++ scrolls to; nothing else may scroll.
  scrolled(element) {
    if (!element.classList || Kumquat.stage.isField(element)) return;
    const log = element.getAttribute('role') === 'log';
    const rest = log ? this.rest : 0;
    const by = element.scrollTop - rest;
    if (by === 0 && element.scrollLeft === 0) return;
    element.scrollTop = rest;
    element.scrollLeft = 0;
    // So far only a log goes that was moved in the tree.
    if (!log || Math.abs(by) > rest / 2) return;
    const box = element.getBoundingClientRect();
    Kumquat.host.wheel(box.left + box.width / 2, box.top + box.height / 2, 0, by, 0);
  },

  announce(text, assertive) {
    const at = assertive ? 1 : 0;
    // The same text again is no change to the browser.
    const said = this.lastSaid[at] === text ? text + '\u00a0' : text;
    this.lastSaid[at] = said;
    document.getElementById(assertive ? 'alert' : 'status').textContent = said;
  },

  // The part of a text that is selected.
  part(range, element) {
    if (!range.intersectsNode(element)) return '';
    const part = document.createRange();
    part.selectNodeContents(element);
    if (part.compareBoundaryPoints(Range.START_TO_START, range) < 0) part.setStart(range.startContainer, range.startOffset);
    if (part.compareBoundaryPoints(Range.END_TO_END, range) > 0) part.setEnd(range.endContainer, range.endOffset);
    return part.toString();
  },

  // What is copied of messages: their own words without the breaks of the lines on the screen; of several, each under whose it
  // is and when it was sent; pictures in words.
  copied(range) {
    const messages = [];
    for (const article of this.root.querySelectorAll('article')) {
      if (!range.intersectsNode(article)) continue;
      const parts = [...article.querySelectorAll('.text, [data-copied]')].map((element) =>
        (element.dataset.copied && range.intersectsNode(element) ? `[${element.dataset.copied}]` : this.part(range, element)));
      const words = parts.join('');
      if (words) messages.push({ head: article.dataset.copied, words });
    }
    if (messages.length < 2) return messages.length === 0 ? '' : messages[0].words;
    return messages.map(({ head, words }) => `${head}\n${words}`).join('\n\n');
  },

  onCopy(event) {
    const selection = window.getSelection();
    if (Kumquat.stage.isField(event.target) || !selection || selection.isCollapsed) return;
    const text = this.copied(selection.getRangeAt(0));
    if (text === '') return;
    event.clipboardData.setData('text/plain', text);
    event.preventDefault();
  },

  // Asked for by name: with a finger text cannot be selected otherwise (style.css).
  selectText(key) {
    const element = this.elementOf(key);
    const texts = element ? element.querySelectorAll('.text') : [];
    if (texts.length === 0) return;
    this.endSelecting();
    element.classList.add('selecting');
    const last = texts[texts.length - 1];
    window.getSelection().setBaseAndExtent(texts[0], 0, last, last.childNodes.length);
  },

  endSelecting() {
    for (const element of this.root.querySelectorAll('.selecting')) element.classList.remove('selecting');
  },

  // The messages between which text is selected stay in the tree.
  holdSelected() {
    const selection = window.getSelection();
    let ends = ['', ''];
    if (!selection.isCollapsed) {
      const range = selection.getRangeAt(0);
      const articles = [...this.root.querySelectorAll('[role=log] article')].filter((article) => range.intersectsNode(article));
      if (articles.length > 0) ends = [articles[0], articles[articles.length - 1]].map((article) => article.dataset.key);
    }
    if (ends.join() === this.held.join()) return;
    this.held = ends;
    Kumquat.host.textSelected(...ends);
  },

  // A pointer that selects has left the log, which scrolls now: what comes in at its edge is selected, too.
  selectAtEdge() {
    const log = this.root.querySelector('[role=log]');
    if (this.dragged === null || log === null || this.held[0] === '') return;
    const { top, bottom } = log.getBoundingClientRect();
    const up = this.dragged < top;
    if (!up && this.dragged <= bottom) return;
    const texts = [...log.querySelectorAll('.text')].filter((text) => {
      const box = text.getBoundingClientRect();
      return up ? box.bottom > top : box.top < bottom;
    });
    const text = up ? texts[0] : texts[texts.length - 1];
    if (text !== undefined) window.getSelection().extend(text, up ? 0 : text.childNodes.length);
  },

  keyOf(target) {
    const node = target instanceof Element ? target.closest('[data-key]') : null;
    return node ? node.dataset.key : '';
  },

  start() {
    document.addEventListener('copy', (event) => this.onCopy(event));
    const drags = ({ type, pointerType, buttons, clientY }) => {
      this.dragged = type === 'pointermove' && pointerType === 'mouse' && buttons === 1 ? clientY : null;
    };
    for (const type of ['pointermove', 'pointerup', 'pointercancel']) document.addEventListener(type, drags, true);
    document.addEventListener('selectionchange', () => {
      this.holdSelected();
      if (window.getSelection().isCollapsed) this.endSelecting();
    });
    // A click with a real pointer has reached the canvas already, through #stage. What is left has no pointer: Enter, Space,
    // assistive technology, scripts.
    this.root.addEventListener('click', (event) => {
      const key = this.keyOf(event.target);
      const synthetic = event.detail === 0 || event.pointerId === -1;
      const node = this.byKey.get(key);
      if (!synthetic || !node || node.made.tag !== 'button') return;
      if (node.element.getAttribute('aria-disabled') !== 'true') Kumquat.host.nodeActivate(key);
    });
    this.root.addEventListener('focusin', (event) => {
      const key = this.keyOf(event.target);
      if (event.target.dataset.field === undefined) {
        // After a text field browsers call any focus visible.
        Kumquat.host.nodeFocus(key, event.target.matches(':focus-visible') && !Kumquat.stage.pointed() ? 1 : 0);
      }
    });
    this.root.addEventListener('focusout', (event) => {
      const next = event.relatedTarget;
      const stays = next instanceof Element && this.root.contains(next) && next.dataset.field === undefined;
      if (event.target.dataset.field === undefined && !stays) Kumquat.host.nodeFocus('', 0);
    });
    this.root.addEventListener('scroll', (event) => this.scrolled(event.target), true);
  },
};
