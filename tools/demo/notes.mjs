// Reads the texts of the notes-*.mjs files: 147 of them, and 52 looks back.
//
//   @ section kind photo photo ... / product:connection ...
//   title
//   text; a line break inside a paragraph is a space in English and nothing in Chinese
//   > what somebody answers

import en1 from './notes-en-1.mjs';
import en2 from './notes-en-2.mjs';
import zh1 from './notes-zh-1.mjs';
import zh2 from './notes-zh-2.mjs';
import { lookingBack } from './answers.mjs';
import { photos } from './photos.mjs';

const kinds = ['experience', 'unboxing', 'question', 'need', 'complaint', 'mood', 'article'];

// English lines that are broken for the editor's sake are joined again.
function fold(lang, lines) {
    const text = lines.join('\n').trim();
    return lang === 'zh' ? text : text.replace(/([^\n])\n(?!\n|\d\.)/g, '$1 ');
}

function readOne(lang, block) {
    const lines = block.trimEnd().split('\n');
    const [what, pinned = ''] = lines[0].split(' / ');
    const [section, kind, ...shown] = what.trim().split(' ');
    const answers = lines.filter((line) => line.startsWith('> ')).map((line) => line.slice(2));
    const body = fold(lang, lines.slice(2).filter((line) => !line.startsWith('> ')));
    const pins = pinned.trim().split(' ').filter(Boolean).map((pin) => {
        const [product, connection] = pin.split(':');
        return { product, connection };
    });
    for (const slug of [...shown, ...pins.map((pin) => pin.product)]) {
        if (!photos.has(slug)) throw new Error(`no photo of ${slug}: ${lines[1]}`);
    }
    if (!kinds.includes(kind)) throw new Error(`no kind ${kind}: ${lines[1]}`);
    return { lang, section, kind: kinds.indexOf(kind) + 1, photos: shown, pins, title: lines[1], body, answers };
}

const read = (lang, text) => text.split(/^@ /m).slice(1).map((block) => readOne(lang, block));

export const notes = [...read('en', en1), ...read('en', en2), ...read('zh', zh1), ...read('zh', zh2)];

// Questions whose asker comes back four weeks later and tells what became of it.
export const sequels = [
    ['Looking for an armchair my father can get out of', 'The reading chair was worth the wait'],
    ['Where do you keep ten years of photos?', 'Two disks, one at my sister\'s'],
    ['Which sofa survives a toddler and a yoghurt?', 'Yoghurt report, four weeks later'],
    ['想给我爸找一把“站得起来”的椅子', '回来交作业：我爸给椅子起了名字'],
    ['十年的照片，你们都存哪儿？', '照做了：两块盘，一块在我姐家'],
    ['什么沙发扛得住娃和酸奶？', '酸奶报告：灰沙发一个月后'],
];

// What an author of `note` writes weeks later: the same things, other words.
export function lookBack(note, n) {
    const words = lookingBack[note.lang][n % lookingBack[note.lang].length];
    const title = words.title.replace('{title}', note.title);
    return { ...note, kind: 1, title: [...title].slice(0, 58).join(''), body: words.body,
        photos: note.photos.slice(0, 1), pins: note.pins.slice(0, 1), answers: [], back: true };
}
