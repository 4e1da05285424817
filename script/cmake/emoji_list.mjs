// Makes the list of the emoji picker: node emoji_list.mjs UNICODE_FOLDER PINYIN_SCRIPT OUTPUT
//
// UNICODE_FOLDER is where Debian's unicode-data and unicode-cldr-core lie: order, groups and versions come from the one, names
// and keywords in Chinese and English from the other. PINYIN_SCRIPT is web/page/pinyin.js, which spells the Chinese ones.
// What the lines of the list mean stands in src/client/view/emoji_list.h.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

// Later ones are not in the fonts that people have.
const versionMax = 15.0;

// The sign of each group, and its name in Chinese; those of the file are English.
const groups = {
  'Smileys & Emotion': ['😀', '表情与情感'],
  'People & Body': ['👋', '人物与身体'],
  'Animals & Nature': ['🐻', '动物与自然'],
  'Food & Drink': ['🍊', '食物与饮料'],
  'Travel & Places': ['🚗', '旅行与地点'],
  Activities: ['⚽', '活动'],
  Objects: ['💡', '物品'],
  Symbols: ['💜', '符号'],
  Flags: ['🏁', '旗帜'],
};

// What Debian 12's names, which are one version older than its emoji, do not have.
const chineseOfLater = {
  '🫨': '颤抖的脸', '🩷': '粉色的心', '🩵': '浅蓝色的心', '🩶': '灰色的心', '🫷': '向左推的手', '🫸': '向右推的手', '🫎': '驼鹿',
  '🫏': '驴', '🪽': '翅膀', '🐦‍⬛': '黑鸟', '🪿': '鹅', '🪼': '水母', '🪻': '风信子', '🫚': '姜', '🫛': '豌豆荚', '🪭': '折扇',
  '🪮': '头梳', '🪇': '沙锤', '🪈': '笛子', '🪯': '坎达', '🛜': '无线网络',
};

const [folder, pinyinScript, output] = process.argv.slice(2);
if (!output) {
  console.error('emoji_list.mjs UNICODE_FOLDER PINYIN_SCRIPT OUTPUT');
  process.exit(2);
}
const read = (name) => readFileSync(path.join(folder, name), 'utf8');

const Kumquat = {};
new Function('Kumquat', readFileSync(pinyinScript, 'utf8'))(Kumquat);

const plain = (emoji) => emoji.replaceAll('\ufe0f', '');
const unescaped = (text) => text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&apos;/g, "'").replace(/&amp;/g, '&');

/** Names and keywords of one language: by emoji without its variation selectors. */
function annotations(language) {
  const names = new Map();
  const keywords = new Map();
  for (const kind of ['annotations', 'annotationsDerived']) {
    const text = read(`cldr/common/${kind}/${language}.xml`);
    for (const [, cp, tts, content] of text.matchAll(/<annotation cp="([^"]+)"( type="tts")?[^>]*>([^<]*)</g)) {
      // Arrows stand for "as in the language above".
      if (content.includes('↑')) continue;
      const words = unescaped(content).split('|').map((word) => word.trim()).filter(Boolean);
      (tts ? names : keywords).set(plain(unescaped(cp)), tts ? words[0] : words);
    }
  }
  if (names.size < 1000) throw new Error(`${folder}: hardly any names of emoji in ${language}.xml`);
  return { names, keywords };
}

const english = annotations('en');
const chinese = annotations('zh');

/** What can be found beside the name: lower case, each once, nothing that the name contains already. */
function keys(name, words) {
  const all = name.toLowerCase() === name ? [] : [name.toLowerCase()];
  for (const word of words.map((each) => each.toLowerCase())) {
    if (!all.includes(word) && !name.includes(word)) all.push(word);
  }
  return all.join('|');
}

function spelled(words) {
  const all = words.map((word) => (/\p{Script=Han}/u.test(word) ? Kumquat.pinyin.spell(word).replaceAll(' ', '') : ''));
  return [...new Set(all.filter(Boolean))].join('|');
}

// --- The emoji in their order ---
const entries = [];  // { group, emoji, name }
const known = new Set();
let group = '';
for (const line of read('emoji/emoji-test.txt').split('\n')) {
  const heading = /^# group: (.*)/.exec(line);
  if (heading) group = heading[1];
  const found = /^([0-9A-F ]+); fully-qualified +# \S+ E([0-9.]+) (.*)$/.exec(line);
  if (!found || Number(found[2]) > versionMax || group === 'Component') continue;
  const emoji = String.fromCodePoint(...found[1].trim().split(' ').map((code) => parseInt(code, 16)));
  known.add(emoji);
  if (!(group in groups)) throw new Error(`emoji-test.txt: a group that has no sign here: ${group}`);
  entries.push({ group, emoji, name: found[3] });
}

const tones = ['🏻', '🏼', '🏽', '🏾', '🏿'];
const isToned = (emoji) => tones.some((tone) => emoji.includes(tone));

/** The emoji in the lightest skin tone, if it is there in all five: every person in it has the same. */
function toned(emoji) {
  const light = [...emoji].map((c) => (/\p{Emoji_Modifier_Base}/u.test(c) ? c + tones[0] : c)).join('').replaceAll(`${tones[0]}\ufe0f`, tones[0]);
  return light !== emoji && tones.every((tone) => known.has(light.replaceAll(tones[0], tone))) ? light : '';
}

const lines = ['emoji 1'];
group = '';
for (const { emoji, group: its, name } of entries) {
  if (isToned(emoji)) continue;
  if (its !== group) lines.push(`=${groups[its][0]}\t${its}\t${groups[its][1]}`);
  group = its;
  const en = english.names.get(plain(emoji)) ?? name;
  const zh = chinese.names.get(plain(emoji)) ?? chineseOfLater[emoji];
  if (!zh) throw new Error(`there is no Chinese name of ${emoji} (${en})`);
  const words = chinese.keywords.get(plain(emoji)) ?? [];
  lines.push([emoji, en, zh, keys(en, english.keywords.get(plain(emoji)) ?? []), keys(zh, words), spelled([zh, ...words]), toned(emoji)].join('\t'));
}
for (const tone of tones) lines.push(`+${tone}\t${english.names.get(tone)}\t${chinese.names.get(tone)}`);
if (lines.some((line) => line.includes('undefined'))) throw new Error('the skin tones have no names');
writeFileSync(output, `${lines.join('\n')}\n`);
