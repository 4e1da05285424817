// A picture in full size: a dialog of the browser's own, so that zooming, saving, copying and animations are its business
// (src/platform/picture_viewer.h).
Kumquat.viewer = {
  dialog: null,
  parts: {},
  shown: null,      // { name, words } of the picture that is shown
  objectUrl: '',
  link: '',         // where the full picture is
  scale: 1,         // of the picture's own pixels to CSS pixels
  x: 0,             // of its middle from the middle of the view
  y: 0,
  fits: true,
  pointers: new Map(),
  gesture: null,

  icons: {
    out: 'M16 16l4 4M17.5 11a6.5 6.5 0 1 1-13 0 6.5 6.5 0 0 1 13 0ZM8.3 11h5.4',
    in: 'M16 16l4 4M17.5 11a6.5 6.5 0 1 1-13 0 6.5 6.5 0 0 1 13 0ZM8.3 11h5.4M11 8.3v5.4',
    save: 'M12 4.5v10.5M7 10.5l5 5 5-5M5 19.5h14',
    close: 'M7 7l10 10M17 7 7 17',
    previous: 'M14.5 5.5 8 12l6.5 6.5',
    next: 'M9.5 5.5 16 12l-6.5 6.5',
  },

  button(name, use) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'viewer-button viewer-' + name;
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    svg.setAttribute('viewBox', '0 0 24 24');
    svg.setAttribute('aria-hidden', 'true');
    const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    path.setAttribute('d', this.icons[name]);
    svg.append(path);
    button.append(svg);
    button.addEventListener('click', use);
    this.parts[name] = button;
    return button;
  },

  element(name, tag) {
    const element = document.createElement(tag);
    element.className = 'viewer-' + name;
    this.parts[name] = element;
    return element;
  },

  build() {
    const dialog = document.createElement('dialog');
    dialog.id = 'viewer';
    const bar = this.element('bar', 'div');
    const who = this.element('who', 'div');
    who.append(this.element('from', 'strong'), this.element('time', 'span'));
    bar.append(who, this.button('out', () => this.zoomBy(1 / 1.5)), this.button('in', () => this.zoomBy(1.5)),
      this.button('save', () => this.save()), this.button('close', () => dialog.close()));
    const view = this.element('view', 'div');
    const image = this.element('image', 'img');
    image.draggable = false;
    view.append(image, this.element('broken', 'p'));
    dialog.append(bar, view, this.button('previous', () => this.step(-1)), this.button('next', () => this.step(1)));
    document.body.append(dialog);
    this.dialog = dialog;

    dialog.addEventListener('close', () => {
      this.shown = null;
      this.forgetUrl();
      image.removeAttribute('src');
      Kumquat.host.viewerClosed();
    });
    dialog.addEventListener('keydown', (event) => this.onKey(event));
    view.addEventListener('wheel', (event) => this.onWheel(event), { passive: false });
    view.addEventListener('dblclick', (event) => this.toggle(event));
    view.addEventListener('pointerdown', (event) => this.onPointerDown(event));
    view.addEventListener('pointermove', (event) => this.onPointerMove(event));
    view.addEventListener('pointerup', (event) => this.onPointerUp(event));
    view.addEventListener('pointercancel', (event) => this.onPointerUp(event));
    window.addEventListener('resize', () => {
      if (this.shown) this.place();
    });
    image.addEventListener('load', () => this.place());
  },

  // --- What is shown ---

  // `texts` in the order of WebViewer::show().
  show(texts, width, height, previous, next) {
    const name = (i) => ({ id: texts[i], user: texts[i + 1], key: texts[i + 2], rendition: Number(texts[i + 3]) });
    const [alt, from, time, fileName, dialog, zoomIn, zoomOut, save, close, toPrevious, toNext, broken] = texts.slice(8);
    this.display({ ...name(0), preview: name(4), width, height, alt, from, time, fileName, previous, next },
      { dialog, in: zoomIn, out: zoomOut, save, close, previous: toPrevious, next: toNext, broken });
  },

  display(picture, words) {
    if (!this.dialog) this.build();
    const { parts } = this;
    this.dialog.setAttribute('aria-label', words.dialog);
    for (const name of ['in', 'out', 'save', 'close', 'previous', 'next']) {
      parts[name].setAttribute('aria-label', words[name]);
      parts[name].title = words[name];
    }
    parts.from.textContent = picture.from;
    parts.time.textContent = picture.time;
    parts.broken.textContent = words.broken;
    parts.broken.hidden = true;
    parts.image.hidden = false;
    parts.image.alt = picture.alt;
    parts.previous.hidden = !picture.previous;
    parts.next.hidden = !picture.next;
    this.shown = picture;
    this.fits = true;
    this.x = this.y = 0;
    this.forgetUrl();
    this.load(picture);
    if (!this.dialog.open) this.dialog.showModal();
    this.place();
    // A button that was hidden has lost the focus, and with it the dialog its keys.
    if (!this.dialog.contains(document.activeElement)) parts.close.focus();
  },

  // Where a browser finds the bytes of a name; '' if they are gone.
  async find(name) {
    if (name.id && !Kumquat.local.on) return Kumquat.blobs.address(name.id);
    let file = null;
    try {
      file = await (name.id ? Kumquat.local.picture(name.id) : Kumquat.pictures.file(name.user, name.key, name.rendition));
    } catch {
      // As good as gone: the viewer says that it cannot be shown.
    }
    return file === null ? '' : URL.createObjectURL(file);
  },

  async load(picture) {
    const { image } = this.parts;
    image.removeAttribute('src');
    // What the chat shows is there at once, most often.
    if (picture.preview.id && !Kumquat.local.on) image.src = Kumquat.blobs.address(picture.preview.id);
    const address = await this.find(picture);
    const full = new Image();
    full.src = address;
    let broken = address === '';
    try {
      if (!broken) await full.decode();
    } catch {
      broken = true;
    }
    if (this.shown !== picture) {
      if (address.startsWith('blob:')) URL.revokeObjectURL(address);
      return;
    }
    if (address.startsWith('blob:')) this.objectUrl = address;
    this.link = broken ? '' : address;
    this.parts.save.disabled = broken;
    this.parts.broken.hidden = !broken;
    image.hidden = broken;
    if (!broken) image.src = address;
  },

  forgetUrl() {
    if (this.objectUrl) URL.revokeObjectURL(this.objectUrl);
    this.objectUrl = '';
    this.link = '';
  },

  close() {
    if (this.dialog && this.dialog.open) this.dialog.close();
  },

  step(direction) {
    if (!this.shown || (direction < 0 ? !this.shown.previous : !this.shown.next)) return;
    Kumquat.host.viewerStep(direction);
  },

  save() {
    if (!this.link) return;
    const link = document.createElement('a');
    link.href = this.link;
    link.download = this.shown.fileName;
    link.click();
  },

  // --- Zoom: `scale`, and where the middle of the picture is ---

  fitScale() {
    const view = this.parts.view.getBoundingClientRect();
    const margin = view.width < 600 ? 0 : 48;
    return Math.min(1, (view.width - margin) / this.shown.width, (view.height - margin) / this.shown.height);
  },

  scaleMax() {
    return Math.max(4, this.fitScale() * 4);
  },

  place() {
    const { image, view } = this.parts;
    const fit = this.fitScale();
    if (this.fits) this.scale = fit;
    const box = view.getBoundingClientRect();
    const width = this.shown.width * this.scale;
    const height = this.shown.height * this.scale;
    const reach = (size, room) => Math.max(0, (size - room) / 2);
    this.x = Math.min(Math.max(this.x, -reach(width, box.width)), reach(width, box.width));
    this.y = Math.min(Math.max(this.y, -reach(height, box.height)), reach(height, box.height));
    image.style.width = this.shown.width + 'px';
    image.style.height = this.shown.height + 'px';
    image.style.transform = `translate(-50%, -50%) translate(${this.x}px, ${this.y}px) scale(${this.scale})`;
    view.classList.toggle('zoomed', this.scale > fit * 1.01);
    // Not `disabled`: that would take the focus from the button just pressed.
    this.parts.out.setAttribute('aria-disabled', this.scale <= fit * 1.01);
    this.parts.in.setAttribute('aria-disabled', this.scale >= this.scaleMax() * 0.99);
  },

  // Keeps what lies under (clientX, clientY) there; without it, the middle.
  zoomTo(scale, clientX, clientY) {
    const box = this.parts.view.getBoundingClientRect();
    const px = clientX === undefined ? 0 : clientX - box.left - box.width / 2;
    const py = clientY === undefined ? 0 : clientY - box.top - box.height / 2;
    const fit = this.fitScale();
    const next = Math.min(Math.max(scale, fit), this.scaleMax());
    this.x = px - (px - this.x) * next / this.scale;
    this.y = py - (py - this.y) * next / this.scale;
    this.scale = next;
    this.fits = next <= fit * 1.01;
    this.place();
  },

  zoomBy(factor, clientX, clientY) {
    this.zoomTo(this.scale * factor, clientX, clientY);
  },

  // Between the whole picture and its own pixels.
  toggle(event) {
    const fit = this.fitScale();
    if (!this.fits) this.zoomTo(fit);
    else this.zoomTo(fit < 0.99 ? 1 : fit * 2, event.clientX, event.clientY);
  },

  onWheel(event) {
    event.preventDefault();
    const pixels = event.deltaMode === 1 ? event.deltaY * 22 : event.deltaY;
    this.zoomBy(Math.exp(-pixels * 0.002), event.clientX, event.clientY);
  },

  onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const uses = {
      ArrowLeft: () => this.step(-1), ArrowRight: () => this.step(1), '+': () => this.zoomBy(1.5), '=': () => this.zoomBy(1.5),
      '-': () => this.zoomBy(1 / 1.5), 0: () => this.zoomTo(this.fitScale()),
    };
    const use = uses[event.key];
    if (!use) return;
    event.preventDefault();
    use();
  },

  // --- Fingers: one moves (or turns the page), two pinch ---

  onPointerDown(event) {
    if (event.button !== 0) return;
    this.parts.view.setPointerCapture(event.pointerId);
    this.pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (this.pointers.size === 1) this.gesture = { x: event.clientX, y: event.clientY, moved: false, target: event.target };
  },

  onPointerMove(event) {
    const before = this.pointers.get(event.pointerId);
    if (!before) return;
    const now = { x: event.clientX, y: event.clientY };
    if (this.pointers.size === 2) {
      const other = [...this.pointers].find(([id]) => id !== event.pointerId)[1];
      const distance = (p) => Math.max(1, Math.hypot(p.x - other.x, p.y - other.y));
      this.x += (now.x - before.x) / 2;
      this.y += (now.y - before.y) / 2;
      this.zoomBy(distance(now) / distance(before), (now.x + other.x) / 2, (now.y + other.y) / 2);
      this.gesture = null;
    } else if (!this.fits) {
      this.x += now.x - before.x;
      this.y += now.y - before.y;
      this.place();
    }
    if (this.gesture && Math.hypot(now.x - this.gesture.x, now.y - this.gesture.y) > 8) this.gesture.moved = true;
    this.pointers.set(event.pointerId, now);
  },

  onPointerUp(event) {
    if (!this.pointers.delete(event.pointerId) || !this.gesture || this.pointers.size > 0) return;
    const { x, moved, target } = this.gesture;
    this.gesture = null;
    if (event.type === 'pointercancel') return;
    if (!moved && target === this.parts.view) this.dialog.close();
    const dx = event.clientX - x;
    if (this.fits && event.pointerType === 'touch' && Math.abs(dx) > 60) this.step(dx > 0 ? -1 : 1);
  },
};
