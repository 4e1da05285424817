// The scripts that letters are tested in, and which of them this machine has no font for.
import { launch } from './browser.mjs';

/** A few words in each. */
export const scripts = {
  Chinese: '橘子好吃',
  Japanese: 'みかんがすき',
  Korean: '귤이 맛있다',
  Cyrillic: 'кумкват вкусный',
  Arabic: 'الكمكوات لذيذ',
  Hebrew: 'קומקוואט טעים',
  Devanagari: 'कुमक्वात स्वादिष्ट है',
  Thai: 'ส้มกัมควอทอร่อย',
  'Latin with marks': 'quả ta\u0302\u0301t n\u0303o\u0308\u0323 e\u0301\u0304',
  emoji: '🍊👋🏽👨‍👩‍👧🇨🇳',
  'Arabic with digits and emoji': 'الكمكوات 7 لذيذ 🍊',
  'Devanagari with digits and emoji': 'कुमक्वात 7 स्वादिष्ट है 👋🏽',
};

/** What a browser draws for a letter that no font has is the same for all of them. */
async function missing() {
  const browser = await launch();
  try {
    const page = await browser.newPage();
    return await page.evaluate((texts) => {
      const context = new OffscreenCanvas(64, 64).getContext('2d', { willReadFrequently: true });
      context.font = '32px sans-serif';
      const drawn = (letter) => {
        context.clearRect(0, 0, 64, 64);
        context.fillText(letter, 8, 44);
        return context.getImageData(0, 0, 64, 64).data.join();
      };
      const none = drawn('\u{10FFFE}');
      return Object.keys(texts).filter((script) => texts[script].match(/[\p{L}\p{Emoji_Presentation}]/gu).some((letter) => drawn(letter) === none));
    }, scripts);
  } finally {
    await browser.close();
  }
}

const without = await missing();

/** Why a test of this script cannot run here; undefined if it can. */
export const noFont = (script) => (without.includes(script) ? `there is no font for ${script}` : undefined);
