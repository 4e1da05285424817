// Real text fields over the rectangles that C++ reserves. C++ holds changes back while somebody composes (field_set.h); the
// fields themselves do the rest.
Kumquat.fields = {
  byId: new Map(),
  // The order of FieldKind (src/platform/text_field.h).
  kinds: [
    { tag: 'input', type: 'text' },
    { tag: 'input', type: 'text', autocomplete: 'username', name: 'username' },
    { tag: 'input', type: 'password', autocomplete: 'current-password', name: 'password' },
    { tag: 'input', type: 'search', enterkeyhint: 'search' },
    { tag: 'textarea', prose: true },
    { tag: 'textarea', prose: true, enterkeyhint: 'send' },
  ],
  composing: null,  // the element in which somebody composes
  composedAt: -1,
  ruler: null,

  make(id, kind) {
    if (this.byId.has(id)) return;
    const made = this.kinds[kind] || this.kinds[0];
    const element = document.createElement(made.tag);
    element.className = 'field';
    element.dataset.field = id;
    element.id = 'field-' + id;
    element.dir = 'auto';
    element.hidden = true;
    if (made.type) element.type = made.type;
    if (made.name) element.name = made.name;
    element.autocomplete = made.autocomplete || 'off';
    element.spellcheck = Boolean(made.prose);
    element.setAttribute('autocapitalize', made.prose ? 'sentences' : 'none');
    element.setAttribute('autocorrect', made.prose ? 'on' : 'off');
    element.enterKeyHint = made.enterkeyhint || 'go';
    if (made.tag === 'textarea') element.rows = 1;
    this.byId.set(id, { element, kind: made, width: 0, reported: -1 });
    // Its place in the order comes with the mirror's node of the same key.
    Kumquat.mirror.placeField(id, element);
    Kumquat.rest.fieldMade(id);
  },

  // Who types, or pastes, while nothing on the page takes it means the message: the field for it has the focus before the key
  // counts.
  takeTyping(event) {
    const types = event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey && !event.altKey;
    const pastes = (event.ctrlKey || event.metaKey) && event.code === 'KeyV';
    if (!types && !pastes) return;
    const at = document.activeElement;
    const message = Boolean(at?.closest('[role=log]')) && !/^(A|BUTTON)$/.test(at.tagName);
    const free = message || at === document.body || at === Kumquat.stage.root;
    if (!free || document.querySelector('dialog[open], [role=dialog], [role=menu]') !== null) return;
    const composer = [...this.byId.values()].find(({ element, kind }) => kind.enterkeyhint === 'send' && !element.hidden);
    if (composer) composer.element.focus();
  },

  // left, top, width, height; clip left, top, right, bottom; font, line, bold. CSS pixels.
  place(id, n) {
    const field = this.byId.get(id);
    if (!field) return;
    const style = field.element.style;
    const [left, top, width, height, clipLeft, clipTop, clipRight, clipBottom, font, line, bold] = n;
    const multi = field.kind.tag === 'textarea';
    style.left = left + 'px';
    style.top = top + Kumquat.glyphs.baselineShift(font, multi ? line : height, bold !== 0) + 'px';
    style.width = width + 'px';
    style.height = height + 'px';
    style.fontSize = font + 'px';
    style.lineHeight = (multi ? line : height) + 'px';
    style.fontWeight = bold ? '600' : '400';
    const clipped = clipLeft || clipTop || clipRight || clipBottom;
    style.clipPath = clipped ? `inset(${clipTop}px ${clipRight}px ${clipBottom}px ${clipLeft}px)` : '';
    field.width = width;
    this.reportHeight(id, field);
  },

  setColors(id, text, placeholder, caret, selection) {
    const field = this.byId.get(id);
    if (!field) return;
    const style = field.element.style;
    style.color = Kumquat.css(text);
    style.caretColor = Kumquat.css(caret);
    style.setProperty('--placeholder', Kumquat.css(placeholder));
    style.setProperty('--selection', Kumquat.css(selection));
  },

  setNames(id, placeholder, label, description) {
    const field = this.byId.get(id);
    if (!field) return;
    field.element.placeholder = placeholder;
    field.element.setAttribute('aria-label', label);
    if (description) field.element.setAttribute('aria-description', description);
    else field.element.removeAttribute('aria-description');
  },

  // Bits as in src/platform/web/web_fields.cpp.
  setStates(id, bits, lengthMax) {
    const field = this.byId.get(id);
    if (!field) return;
    const element = field.element;
    element.setAttribute('aria-invalid', bits & 1 ? 'true' : 'false');
    element.readOnly = Boolean(bits & 2);
    element.setAttribute('aria-required', bits & 4 ? 'true' : 'false');
    if (field.kind.type === 'password') element.type = bits & 8 ? 'text' : 'password';
    element.inert = Boolean(bits & 16);
    if (lengthMax > 0) element.maxLength = lengthMax;
    else element.removeAttribute('maxlength');
  },

  show(id, shown) {
    const field = this.byId.get(id);
    if (!field) return;
    field.element.hidden = !shown;
    if (shown) this.reportHeight(id, field);
  },

  remove(id) {
    const field = this.byId.get(id);
    if (!field) return;
    this.byId.delete(id);
    field.element.remove();
  },

  setText(id, text) {
    const field = this.byId.get(id);
    if (!field || field.element.value === text) return;
    field.element.value = text;
    this.reportHeight(id, field);
  },

  // Through the browser's editing, so that it can be undone; setRangeText cannot. That needs the focus, which goes back to
  // where it was. With a finger it would bring the keyboard, so there the text is put in without.
  insert(id, text) {
    const field = this.byId.get(id);
    if (!field) return;
    const element = field.element;
    const before = document.activeElement;
    if (before !== element && !Kumquat.environment.matches('(pointer: coarse)')) element.focus({ preventScroll: true });
    if (document.activeElement !== element || !document.execCommand('insertText', false, text)) {
      element.setRangeText(text, element.selectionStart, element.selectionEnd, 'end');
      Kumquat.host.fieldText(id, element.value);
      this.reportHeight(id, field);
    }
    if (before !== element && before instanceof HTMLElement && before.closest('#dom')) before.focus({ preventScroll: true });
  },

  focus(id) {
    const field = this.byId.get(id);
    if (field) field.element.focus({ preventScroll: true });
  },

  selectAll(id) {
    const field = this.byId.get(id);
    if (field) field.element.select();
  },

  // The height of all lines, measured on a twin: making the field itself small and tall again disturbs a composition. The
  // twin is no field, and keeps its one text node: for Chromium a change of another field's value, or of the tree, ends what
  // one Ctrl+Z takes back.
  reportHeight(id, field) {
    if (field.kind.tag !== 'textarea' || field.width <= 0) return;
    if (this.ruler === null) {
      this.ruler = document.createElement('div');
      this.ruler.className = 'field ruler';
      this.ruler.dir = 'auto';
      this.ruler.setAttribute('aria-hidden', 'true');
      this.ruler.append(document.createTextNode(''));
      document.getElementById('dom').append(this.ruler);
    }
    const ruler = this.ruler;
    const style = field.element.style;
    ruler.style.width = field.width + 'px';
    ruler.style.fontSize = style.fontSize;
    ruler.style.lineHeight = style.lineHeight;
    ruler.style.fontWeight = style.fontWeight;
    // With something in the last line, or it has no height.
    ruler.firstChild.data = field.element.value + '\u200b';
    const height = ruler.scrollHeight;
    if (height === field.reported) return;
    field.reported = height;
    if (Kumquat.host !== null) Kumquat.host.fieldHeight(id, height);
  },

  // The rule itself is C++ (platform/input.h): 0 submit, 1 new line, 2 composing.
  onEnter(event, id, modifiers) {
    const field = this.byId.get(id);
    if (!field) return false;
    const since = this.composedAt < 0 ? -1 : performance.now() - this.composedAt;
    const multiLine = field.kind.tag === 'textarea' && field.kind.enterkeyhint !== 'send' ? 2 : field.kind.tag === 'textarea' ? 1 : 0;
    // A text of several lines that is no message: Enter is a new line, unless a command key is held.
    if (multiLine === 2 && !event.ctrlKey && !event.metaKey) return false;
    const meaning = Kumquat.host.fieldEnter(id, modifiers, multiLine > 0 ? 1 : 0, event.isComposing ? 1 : 0, event.keyCode, since);
    return meaning === 0;
  },

  start() {
    const dom = document.getElementById('dom');
    const idOf = (event) => (event.target instanceof Element && event.target.dataset ? event.target.dataset.field : undefined);
    dom.addEventListener('input', (event) => {
      const id = idOf(event);
      if (id === undefined) return;
      Kumquat.host.fieldText(id, event.target.value);
      this.reportHeight(id, this.byId.get(id));
    });
    dom.addEventListener('compositionstart', (event) => {
      const id = idOf(event);
      if (id === undefined) return;
      this.composing = event.target;
      Kumquat.host.fieldComposition(id, 1);
    });
    dom.addEventListener('compositionend', (event) => {
      const id = idOf(event);
      if (id === undefined) return;
      this.composedAt = performance.now();
      // One task later: browsers still write into the field after this event.
      setTimeout(() => {
        this.composing = null;
        Kumquat.host.fieldComposition(id, 0);
        Kumquat.mirror.compositionEnded();
      }, 0);
    });
    dom.addEventListener('focusin', (event) => {
      const id = idOf(event);
      if (id !== undefined) Kumquat.host.fieldFocus(id, 1);
    });
    dom.addEventListener('focusout', (event) => {
      const id = idOf(event);
      if (id !== undefined) Kumquat.host.fieldFocus(id, 0);
    });
    // As in Windows and GNOME the caret stands still after a while: each time it blinks the browser makes a new picture.
    let still = 0;
    const blink = (event) => {
      dom.classList.remove('still');
      clearTimeout(still);
      // Elsewhere there is no caret, and nothing to be timed.
      const inField = idOf(event) !== undefined && event.type !== 'focusout';
      if (inField) still = setTimeout(() => dom.classList.add('still'), 10000);
    };
    for (const name of ['focusin', 'focusout', 'keydown', 'input']) dom.addEventListener(name, blink);
    // Password managers want a form; a form wants to be submitted. Enter is handled above.
    dom.addEventListener('submit', (event) => event.preventDefault());
  },
};
