// The small services of a tab: clipboard, files, address, icon, marks, locks, dates.
Kumquat.tab = {
  locks: new Map(),
  formats: new Map(),
  icons: null,
  badge: false,

  copy(request, text) {
    const done = (ok) => Kumquat.host.copied(request, ok ? 1 : 0);
    // Only there in a secure context: not on a plain http address in a home network.
    if (navigator.clipboard) {
      navigator.clipboard.writeText(text).then(() => done(true), () => done(this.copyByHand(text)));
    } else {
      setTimeout(done, 0, this.copyByHand(text));
    }
  },

  copyByHand(text) {
    const active = document.activeElement;
    const area = document.createElement('textarea');
    area.className = 'field ruler';
    area.value = text;
    document.body.append(area);
    area.select();
    const ok = document.execCommand('copy');
    area.remove();
    if (active instanceof HTMLElement) active.focus({ preventScroll: true });
    return ok;
  },

  save(name, type, bytes) {
    this.saveBlob(name, new Blob([bytes], { type }));
  },

  saveBlob(name, blob) {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    // The browser has its own hold on the bytes once the click has been carried out.
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  },

  // Texts that are loaded when they are needed for the first time. The build puts hashes into their names.
  texts: { emoji: 'emoji.txt' },

  async load(name) {
    let bytes = null;
    try {
      // Whoever waits is told in the end, and can try again.
      const answer = await fetch(this.texts[name], { signal: AbortSignal.timeout ? AbortSignal.timeout(30_000) : undefined });
      if (answer.ok) bytes = new Uint8Array(await answer.arrayBuffer());
    } catch { /* no network, or too slow a one */ }
    Kumquat.host.fileLoaded(bytes === null ? 0 : 1, bytes === null ? '' : bytes);
  },

  // --- Address ---

  fragment() {
    try {
      return decodeURIComponent(location.hash.slice(1));
    } catch {
      return '';
    }
  },

  setFragment(text, push) {
    const address = text ? '#' + encodeURIComponent(text) : location.pathname + location.search;
    if (push) history.pushState(null, '', address);
    else history.replaceState(null, '', address);
  },

  // --- Icon: a red dot with a cut-out ring at the lower right while something is unread ---

  setBadge(on) {
    const link = document.querySelector('link[rel=icon]');
    if (!link) return;
    this.badge = on;
    if (this.icons === null) this.icons = { plain: link.href, dotted: '' };
    if (!on || this.icons.dotted) {
      link.href = on ? this.icons.dotted : this.icons.plain;
      return;
    }
    const picture = new Image(64, 64);
    picture.onload = () => {
      const canvas = document.createElement('canvas');
      canvas.width = canvas.height = 64;
      const context = canvas.getContext('2d');
      const disc = (radius) => {
        context.beginPath();
        context.arc(50, 50, radius, 0, 2 * Math.PI);
        context.fill();
      };
      context.drawImage(picture, 0, 0, 64, 64);
      context.globalCompositeOperation = 'destination-out';
      disc(17);
      context.globalCompositeOperation = 'source-over';
      context.fillStyle = '#C22E2B';
      disc(14);
      // A blob's address: the page's policy allows no data: ones.
      canvas.toBlob((icon) => {
        if (!icon) return;
        this.icons.dotted = URL.createObjectURL(icon);
        if (this.badge) link.href = this.icons.dotted;
      });
    };
    picture.src = this.icons.plain;
  },

  mark(name, conversation, seq) {
    performance.mark(name, conversation === null ? undefined : { detail: { conversation, seq } });
  },

  // --- Locks: held until unlock() or the end of the tab ---

  lock(name) {
    if (!navigator.locks) {
      setTimeout(() => Kumquat.host.locked(name), 0);
      return;
    }
    // Held already: say so again.
    if (this.locks.has(name)) {
      if (this.locks.get(name).held) setTimeout(() => Kumquat.host.locked(name), 0);
      return;
    }
    const entry = { release: null, held: false, abort: new AbortController() };
    this.locks.set(name, entry);
    navigator.locks.request(Kumquat.storage.prefix + name, { signal: entry.abort.signal }, () => {
      entry.held = true;
      Kumquat.host.locked(name);
      return new Promise((resolve) => { entry.release = resolve; });
    }).catch((error) => {
      // Given up while it waited; everything else is as if nobody else were there.
      if (error.name !== 'AbortError') Kumquat.host.locked(name);
    });
  },

  unlock(name) {
    const entry = this.locks.get(name);
    if (!entry) return;
    this.locks.delete(name);
    if (entry.release) entry.release();
    else entry.abort.abort();
  },

  // --- Dates: the order of DateForm (src/platform/dates.h) ---

  formatDate(time, form, language) {
    if (form === 100) return String(new Date(time).getFullYear());
    const key = form + language;
    if (!this.formats.has(key)) {
      const forms = [
        { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
        { weekday: 'long' },
        { weekday: 'short' },
        { month: /^(zh|ja|ko)/.test(language) ? 'long' : 'short', day: 'numeric' },
        { year: 'numeric', month: 'numeric', day: 'numeric' },
        { year: 'numeric', month: 'long', day: 'numeric', weekday: 'long' },
      ];
      this.formats.set(key, new Intl.DateTimeFormat(language || undefined, forms[form] || forms[0]));
    }
    return this.formats.get(key).format(new Date(time));
  },

  start() {
    window.addEventListener('popstate', () => Kumquat.host.fragment(this.fragment()));
  },
};
