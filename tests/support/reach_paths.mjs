// Every path by which a note, or something of it, reaches a reader.
//
// PATHS are asked of one note: { routes, ask(client, note, world, who), deed,
// own, signed }. An answer of 2xx, or one that leads on, is seeing; anything
// else is 404 and shows nothing. LISTS are asked once a reader, and show the
// notes that `has(what, role, who)` says, as far as the reader sees them at all;
// `role` is what the reader is by now, `who` what they began as.
//
// Each names the rows of the route table that it walks. A row that nothing
// here names, and that is not in ELSEWHERE with its reason, fails the test: who
// adds a door says here what it shows.

import { newKey } from './kit.mjs';

const json = { Accept: 'application/json' };
const fragment = { 'HX-Request': 'true' };

export const api = (client, path) => client.get(`/api/v1${path}`, json);

// A page as the browser gets it, as it opens over a feed, and as data. The key opens no pages.
export async function every(client, path) {
    if (client.bearer) return [await api(client, path)];
    return Promise.all([client.get(path), client.get(path, fragment), api(client, path)]);
}

const leadsIn = (answer) => answer.status === 303 && !/^\/sign(in|up)/.test(answer.location ?? '');
export const isSeen = (answer) => (answer.status >= 200 && answer.status < 300) || leadsIn(answer);
// What an answer says: its text, and where it leads.
export const textOf = (answer) => `${answer.headers['content-type']?.startsWith('image/') ? '' : answer.text} ${answer.headers.location ?? ''}`;

const code = (note) => note.id.replace('note_', '');

const page = (route, tail = '') => ({ routes: [`GET ${route}`], ask: (client, note) => every(client, route.replace(':note', note.id) + tail) });
const deed = (route, fields = {}) => ({
    routes: [`POST ${route}`], deed: true,
    ask: async (client, note) => [await client.postForm(route.replace(':note', note.id), typeof fields === 'function' ? fields(note) : fields, { 'Idempotency-Key': newKey() })],
});

export const PATHS = {
    'the page': page('/n/:note'),
    'what it said before': page('/n/:note/history'),
    comments: page('/n/:note/comments'),
    'the answers of a comment': { routes: [], ask: (client, note) => every(client, `/n/${note.id}/comments?thread=${note.comment ?? ''}`) },
    'the sheet to pass it on': page('/n/:note/share'),
    'the short link': { routes: ['GET /l/:code'], ask: (client, note) => every(client, `/l/${code(note)}`) },
    'why it is shown': page('/n/:note/why'),
    'the form to report it': { routes: ['GET /report'], visible: true, ask: (client, note) => every(client, `/report?kind=note&id=${note.id}`) },
    'the form to report a comment': { routes: [], visible: true, ask: (client, note) => every(client, `/report?kind=comment&id=${note.comment ?? 'cmt_zzzzzzzzzzzzz'}`) },
    'whom to send it': { routes: ['GET /send'], signed: true, ask: (client, note) => every(client, `/send?note=${note.id}`) },
    'a pin': { routes: ['GET /go/:pin'], ask: async (client, note) => [await client.get(`/go/${note.pin}`)], pinned: true },
    'photos, in every size': {
        routes: ['GET /m/:file'], photos: true,
        ask: (client, note) => Promise.all(note.files.map((file) => client.get(file))),
    },
    like: deed('/n/:note/like', { on: 1 }),
    'the heart of a card': deed('/like', (note) => ({ on: note.id })),
    save: deed('/n/:note/save', { on: 1 }),
    'pass on': deed('/n/:note/share'),
    'not interested': deed('/n/:note/dismiss', { on: 0 }),
    comment: deed('/n/:note/comments', { body: 'A word.' }),
    'answer a comment': { ...deed('/n/:note/comments', (note) => ({ body: 'A word.', parent: note.comment })), commented: true },
    'like a comment': {
        routes: ['POST /c/:comment/like'], deed: true, commented: true,
        ask: async (client, note) => [await client.postForm(`/c/${note.comment}/like`, { on: 1 })],
    },
    'quote it in a message': {
        routes: [], deed: true, quoted: true,
        ask: async (client, note) => [await client.postForm('/messages/r_collector', { body: 'See', note: note.id })],
    },
    // Only its author does these; others get no further than they see.
    'the form to change it': { ...page('/n/:note/edit'), own: true },
    'arrange its photos': { ...deed('/n/:note/edit/photos', { title: 'Taken', section: 'home' }), own: true },
    'change it': { ...deed('/n/:note/edit', { title: 'Taken', section: 'home' }), own: true },
    'change whom it is for': { ...deed('/n/:note/audience', { audience: 1 }), own: true },
    'delete it': { ...deed('/n/:note/delete'), own: true },
    'approve a comment': commentDeed('approve'),
    'mark an answer': commentDeed('answer'),
    'delete a comment': commentDeed('delete'),
    'change its draft': {
        routes: ['POST /me/drafts/:draft/discard', 'POST /me/drafts/:draft/back'], deed: true, own: true, draft: true,
        ask: async (client, note) => [await client.postForm(`/me/drafts/${note.draft}/back`), await client.postForm(`/me/drafts/${note.draft}/discard`)],
    },
    'go on with its draft': { routes: ['GET /publish'], own: true, draft: true, ask: (client, note) => every(client, `/publish?draft=${note.draft}`) },
};

function commentDeed(name) {
    return {
        routes: [`POST /c/:comment/${name}`], deed: true, own: true, commented: true,
        ask: async (client, note) => [await client.postForm(`/c/${note.comment}/${name}`)],
    };
}

const PUBLIC = ['everyone', 'by_suspended'];

// The muted are not in lists; their own profile, and what one saved, is no such list.
const inLists = (what, who) => PUBLIC.includes(what) && !(who === 'muter' && what === 'everyone');
// Whom `unfollowed` was, sent all of them away, and may take that back of what they see.
const inExplore = (what, who, began) => {
    if (who === 'author') return inLists(what, who) || 'may';
    if (who !== began && began === 'unfollowed') return 'may';
    return who !== 'unfollowed' && (inLists(what, who) || (what === 'followers' && FOLLOWS.includes(who)));
};
const byAuthor = (what) => !['by_gone', 'by_suspended'].includes(what);
const FOLLOWS = ['follower', 'suspended'];

const list = (routes, paths, has, more = {}) => ({ routes, paths: [].concat(paths), has, ...more });

export const LISTS = {
    Explore: list(['GET /'], ['/?limit=60', '/?seen=1&limit=60'], inExplore),
    'Explore, the newest': list([], '/?order=new&limit=60', inLists),
    Follow: list(['GET /follow'], '/follow?limit=60', (what, role, who) =>
        (FOLLOWS.includes(role) && byAuthor(what)) || (who === 'stranger' && inLists(what, role)), { signed: true }),
    'a section': list(['GET /s/:section'], '/s/travel?limit=60', inLists),
    'a topic': list(['GET /t/:topic'], ['/t/reachtopic?limit=60', '/t/reachtopic?tab=best&limit=60'], inLists),
    'notes of a person': list(['GET /u/:handle/notes'], '/u/r_author/notes?limit=60', byAuthor),
    'a profile, and what stands first': list(['GET /u/:handle'], '/u/r_author', byAuthor),
    'a suspended person’s profile': list([], '/u/r_by_suspended', (what) => what === 'by_suspended'),
    'the profile of who is gone': list([], ['/u/r_by_gone', '/u/r_by_gone/notes'], () => false),
    saved: list(['GET /saved'], '/saved?limit=60', () => true, { signed: true }),
    'an open collection': list(['GET /collections/:id'], (world) => `/collections/${world.open}?limit=60`, () => true),
    'a closed collection': list([], (world) => `/collections/${world.closed}?limit=60`, () => false),
    'covers of collections': list(['GET /u/:handle/collections'], ['/u/r_collector/collections', '/u/r_hoarder/collections'], () => 'may'),
    inbox: list(['GET /inbox'], '/inbox?limit=60', (what, role, who) => (['author', 'blocked', 'blocker'].includes(who) || role !== who ? 'may' : true), { signed: true }),
    'a conversation': list(['GET /messages/:handle'], '/messages/r_collector', () => true, { signed: true }),
    'the list of conversations': list(['GET /messages'], '/messages', () => false, { signed: true }),
    'what one is not interested in': list(['GET /me/dismissed'], '/me/dismissed', (what, role, who) => who === 'unfollowed' && (role === who || 'may'), { signed: true }),
    'a product': list(['GET /p/:slug'], '/p/reach-cup', inLists),
};

// Rows that show nothing of another person's note, and why. Rows without a
// parameter that one may GET are walked all the same, whatever they say here.
export const ELSEWHERE = [
    [/^\w+ \/(healthz|readyz|metrics|-\/clock|x|manifest\.webmanifest|offline|webhooks\/(test|carrier|stripe))$/, 'the machine room'],
    [/^\w+ \/(signin|signup|signout|forgot|reset|mail|lang|setup|goodbye|announcement|welcome|i)(\/|$)/, 'coming and going'],
    [/^\w+ \/me(\/(settings|profile|security|invitations|privacy|export|delete|standing|payout|mail|stream|words|blocked|earnings|collections|highlights|drafts|reports)(\/|$)|$)/, 'one’s own'],
    [/^\w+ \/(cart|checkout|addresses|orders|purchases|pay|supplier|catalog|mall|returns|cases|tag\/products)(\/|$)/, 'trade: goods, no notes'],
    [/^\w+ \/(operator|people|board)(\/|$)/, 'staff, about people and numbers; what is pinned is public'],
    [/^\w+ \/(moderation|me\/decisions)(\/|$)/, 'who judges a case sees it, and so does who it is about'],
    [/^\w+ \/media(\/|$)/, 'one’s own uploads; captions are walked with the video'],
    [/^\w+ \/publish\/photos$/, 'a form on its way back to whoever sent it'],
    [/^GET \/n\/:note\/edit\/photos$/, 'leads to the form to change it, whatever is named'],
    [/^GET \/design$/, 'made-up samples'],
    [/^(POST \/notes|GET \/sections(\/rules)?|POST \/t\/:topic\/(follow|intro)|POST \/report|GET \/report\/thanks)$/, 'no note of another'],
    [/^POST \/u\/:handle\/(follow|block|mute)$/, 'about a person; walked with the profiles'],
    [/^POST \/collections\/:id(\/delete)?$/, 'one’s own; walked with the collections'],
    [/^\w+ \/n\/:note\/collection$/, 'where one keeps what one saved: names one’s own collections and nothing of the note'],
    [/^\w+ \/(message|messages)\/.*(by|accept|decline|delete|back)/, 'walked with the conversations'],
    [/^POST \/messages\/:handle$/, 'walked as quoting a note'],
    [/^\w+ \/inbox\/(read|settings|go\/:line)$/, 'leads to what the inbox shows'],
];
