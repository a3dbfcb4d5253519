// Every page of the site, for tests/browser/walk.test.mjs, which looks at each
// of them on a phone and a desktop, in English and in Chinese.
//
// To add a page: add a line.
//   route   its row in `sward routes`, without the method; a GET row that shows
//           a page and has no line here fails the walk
//   as      who looks at it: visitor, reader, author, supplier or operator
//   path    where it stands: a text, or a function of what `furnish` made;
//           left out, it is the route
//   name    of its picture in build/shots; left out, it is made of the route
//   paper   it speaks the buyer's language, not the reader's
//   act     what is done first there: async (page) => …; for what a tap opens

import { expect, until } from '../support/client.mjs';
import { film } from '../support/film.mjs';
import { giveRole, member, order, payFor, publish, supplier } from '../support/kit.mjs';
import { picture } from '../support/picture.mjs';

export const PAGES = [
    { route: '/', as: 'visitor', name: 'explore' },
    { route: '/', as: 'reader', name: 'explore-member' },
    { route: '/', as: 'visitor', path: '/?order=new', name: 'explore-new' },
    { route: '/follow', as: 'reader' },
    { route: '/follow', as: 'supplier', name: 'follow-empty' },
    { route: '/s/:section', as: 'visitor', path: '/s/home' },
    { route: '/s/:section', as: 'visitor', path: '/s/travel', name: 'section-empty' },
    { route: '/t/:topic', as: 'visitor', path: '/t/chairs' },
    { route: '/n/:note', as: 'visitor', path: (ids) => `/n/${ids.note}`, name: 'note' },
    { route: '/n/:note', as: 'author', path: (ids) => `/n/${ids.note}`, name: 'note-own' },
    { route: '/n/:note/comments', as: 'reader', path: (ids) => `/n/${ids.note}/comments` },
    { route: '/n/:note', as: 'visitor', path: (ids) => `/n/${ids.filmed}`, name: 'note-video' },
    { route: '/media/:media', as: 'author', path: (ids) => `/media/${ids.film}`, name: 'video' },
    { route: '/u/:handle', as: 'visitor', path: '/u/walk_author', name: 'profile' },
    { route: '/u/:handle', as: 'author', path: '/u/walk_author', name: 'profile-own' },
    { route: '/u/:handle/notes', as: 'visitor', path: '/u/walk_author/notes' },
    { route: '/signin', as: 'visitor' },
    { route: '/signup', as: 'visitor' },
    { route: '/welcome', as: 'reader' },
    { route: '/publish', as: 'author' },
    { route: '/saved', as: 'reader' },
    { route: '/u/:handle/collections', as: 'visitor', path: '/u/walk_reader/collections', name: 'collections' },
    { route: '/me/collections', as: 'reader' },
    { route: '/collections/:id', as: 'reader', path: (ids) => `/collections/${ids.collection}`, name: 'collection' },
    { route: '/n/:note/collection', as: 'reader', path: (ids) => `/n/${ids.note}/collection`, name: 'note-collection' },
    { route: '/n/:note/share', as: 'visitor', path: (ids) => `/n/${ids.note}/share`, name: 'note-share' },
    { route: '/n/:note/share', as: 'reader', path: (ids) => `/n/${ids.note}/share`, name: 'note-share-people' },
    { route: '/send', as: 'reader', path: (ids) => `/send?note=${ids.note}`, name: 'send' },
    { route: '/n/:note/why', as: 'reader', path: (ids) => `/n/${ids.note}/why`, name: 'note-why' },
    { route: '/me/dismissed', as: 'reader' },
    { route: '/me', as: 'reader' },
    { route: '/me', as: 'operator', name: 'me-operator' },
    { route: '/me/settings', as: 'reader' },
    { route: '/me/earnings', as: 'author' },
    { route: '/mall', as: 'visitor' },
    { route: '/mall', as: 'visitor', path: '/mall?sort=price&stock=1&is=Material:oak', name: 'mall-narrowed' },
    { route: '/mall/needs', as: 'operator' },
    { route: '/p/:slug', as: 'visitor', path: '/p/reading-chair', name: 'product' },
    { route: '/cart', as: 'visitor', name: 'cart-empty' },
    { route: '/cart', as: 'reader' },
    { route: '/checkout', as: 'reader' },
    { route: '/addresses', as: 'reader' },
    { route: '/addresses', as: 'author', name: 'addresses-empty' },
    { route: '/addresses/:address', as: 'reader', path: '/addresses/new', name: 'address-new' },
    { route: '/supplier/delivery', as: 'supplier' },
    { route: '/supplier/coupons', as: 'supplier' },
    { route: '/supplier/tiers', as: 'supplier' },
    { route: '/operator/coupons', as: 'operator' },
    { route: '/operator/taxes', as: 'operator' },
    { route: '/pay/test/:payment', as: 'reader', path: (ids) => ids.pay, name: 'pay' },
    { route: '/orders', as: 'reader' },
    { route: '/orders', as: 'author', name: 'orders-empty' },
    { route: '/orders/:order', as: 'reader', path: (ids) => `/orders/${ids.order}`, name: 'order' },
    { route: '/orders/:order/return', as: 'reader', path: (ids) => `/orders/${ids.order}/return`, name: 'return' },
    { route: '/cases', as: 'reader' },
    { route: '/cases/:case', as: 'reader', path: (ids) => `/cases/${ids.back}`, name: 'return-case' },
    { route: '/cases/:case', as: 'supplier', path: (ids) => `/cases/${ids.back}`, name: 'return-case-shop' },
    { route: '/orders/:order/invoice', as: 'reader', path: (ids) => `/orders/${ids.sent}/invoice`, name: 'invoice', paper: true },
    { route: '/orders/:order/invoice', as: 'reader', path: (ids) => `/orders/${ids.order}/invoice`, name: 'invoice-not-yet', paper: true },
    { route: '/orders/:order/slip', as: 'reader', path: (ids) => `/orders/${ids.sent}/slip`, name: 'slip', paper: true },
    { route: '/supplier', as: 'supplier' },
    { route: '/supplier/goods', as: 'supplier' },
    { route: '/supplier/goods/new', as: 'supplier' },
    { route: '/supplier/goods/:product', as: 'supplier', path: (ids) => ids.goods, name: 'goods' },
    { route: '/supplier/goods/:product/new', as: 'supplier', path: (ids) => `${ids.goods}/new`, name: 'variant-new' },
    { route: '/supplier/goods/:product/v/:variant', as: 'supplier', path: (ids) => `${ids.goods}/v/${ids.variant}`, name: 'variant' },
    { route: '/supplier/import', as: 'supplier' },
    { route: '/board', as: 'reader' },
    { route: '/board/:arrow', as: 'operator', path: '/board/customer-relevancy' },
    { route: '/operator/ledger', as: 'operator' },
    { route: '/operator/payments', as: 'operator' },
    { route: '/operator/payouts', as: 'operator' },
    { route: '/operator/money', as: 'operator' },
    { route: '/me/payout', as: 'author' },
    { route: '/operator/policies', as: 'operator' },
    { route: '/returns', as: 'visitor' },
    { route: '/n/:note/edit', as: 'author', path: (ids) => `/n/${ids.note}/edit`, name: 'note-edit' },
    { route: '/n/:note/history', as: 'author', path: (ids) => `/n/${ids.note}/history`, name: 'note-history' },
    { route: '/sections', as: 'visitor' },
    { route: '/inbox', as: 'author' },
    { route: '/inbox', as: 'supplier', name: 'inbox-empty' },
    { route: '/inbox/settings', as: 'reader' },
    { route: '/messages', as: 'reader' },
    { route: '/messages', as: 'author', path: '/messages?folder=requests', name: 'messages-requests' },
    { route: '/messages', as: 'operator', name: 'messages-empty' },
    { route: '/messages/:handle', as: 'reader', path: '/messages/walk_author', name: 'talk' },
    { route: '/messages/:handle', as: 'author', path: '/messages/walk_shop', name: 'talk-request' },
    { route: '/messages/:handle', as: 'operator', path: '/messages/walk_author', name: 'talk-first' },
    { route: '/me/blocked', as: 'reader' },
    { route: '/me/drafts', as: 'author' },
    { route: '/me/highlights', as: 'author' },
    { route: '/me/invitations', as: 'reader' },
    { route: '/me/privacy', as: 'reader' },
    { route: '/me/delete', as: 'reader' },
    { route: '/me/profile', as: 'author' },
    { route: '/me/security', as: 'reader' },
    { route: '/me/security/second', as: 'reader' },
    { route: '/me/standing', as: 'author' },
    { route: '/me/words', as: 'author' },
    { route: '/me/reports', as: 'reader' },
    { route: '/me/decisions', as: 'author' },
    { route: '/report', as: 'reader', path: (ids) => `/report?kind=note&id=${ids.note}` },
    { route: '/report/thanks', as: 'reader' },
    { route: '/moderation', as: 'operator' },
    { route: '/moderation/:case', as: 'operator', path: (ids) => `/moderation/${ids.case}`, name: 'case' },
    { route: '/me/mail', as: 'reader' },
    { route: '/forgot', as: 'visitor' },
    { route: '/design', as: 'visitor' },
    { route: '/offline', as: 'visitor' },
    { route: '/goodbye', as: 'visitor' },
    { route: '/signup/asked', as: 'visitor' },
    { route: '/signin/code', as: 'visitor' },
    { route: '/operator', as: 'operator' },
    { route: '/operator/announcement', as: 'operator' },
    { route: '/operator/audit', as: 'operator' },
    { route: '/operator/holds', as: 'operator' },
    { route: '/operator/jobs', as: 'operator' },
    { route: '/operator/joining', as: 'operator' },
    { route: '/operator/moderators', as: 'operator' },
    { route: '/operator/people', as: 'operator' },
    { route: '/operator/people/:handle', as: 'operator', path: '/operator/people/walk_reader', name: 'operator-person' },
    { route: '/operator/pinned', as: 'operator' },
    { route: '/operator/sections', as: 'operator' },
    { route: '/operator/sections/:section', as: 'operator', path: '/operator/sections/home', name: 'operator-section' },
    { route: '/operator/settings', as: 'operator' },
    { route: '/operator/words', as: 'operator' },
    { route: '(none)', as: 'visitor', path: '/no/such/page', name: 'problem', status: 404 },
];

// GET rows that are no pages: data, files, probes, choices of a field, and ways to somewhere else.
export const NO_PAGES = ['/healthz', '/readyz', '/metrics', '/m/:file', '/media/:media/captions', '/go/:pin', '/l/:code', '/tag/products', '/sections/rules', '/manifest.webmanifest', '/me/stream', '/publish/photos', '/n/:note/edit/photos', '/inbox/go/:line', '/me/privacy/:copy', '/supplier/export', '/me/earnings/csv', '/operator/payouts/:batch/csv', '/operator/payouts/:batch/pain'];

// Pages that furnish has nothing for: a decision, a legal hold, an invitation,
// the links of a mail, the set-up that ends when there is an operator, ways to pay that are not set,
// a batch of payouts. Their rooms’ own tests see them.
export const NOT_FURNISHED = ['/me/decisions/:case', '/messages/by/:talk', '/operator/holds/:hold', '/i/:code', '/mail/confirm', '/mail/off', '/reset', '/setup',
    '/pay/manual/:payment', '/pay/stripe/:payment', '/operator/payouts/:batch'];

// Texts as people write them: long, mixed, with nothing to break a line at.
const LONG = 'https://example.org/a/very/long/address/that/has/nothing/to/break/a/line/at/whatever/one/does';

// A place with something of everything; { callers: clients by name, ids }.
export async function furnish(server) {
    const callers = { visitor: server.client() };
    callers.supplier = await supplier(server, [
        { slug: 'reading-chair', name: 'Reading chair with arms wide enough for a saucer', category: 'Furniture', price: '1130.00', stock: 30 },
        { slug: 'teapot', name: '青瓷茶壶，六百毫升，附两只杯子', category: '茶具', price: '31.10', currency: 'CNY', stock: 4 },
        { slug: 'lamp', name: 'Lamp', category: 'Light', price: '7.77', stock: 0 },
    ], 'walk_shop');
    callers.author = await member(server, { handle: 'walk_author', name: 'June Okafor-Featherstonehaugh' });
    callers.reader = await member(server, { handle: 'walk_reader', name: '林间的读者', interests: ['home'] });
    callers.operator = await member(server, { handle: 'walk_keeper', name: 'Keeper' });
    await giveRole(server, 'walk_keeper', 'operator');
    const ids = await writeNotes(callers);
    await showVideo(callers, ids);
    await answer(callers, ids);
    await talk(callers);
    await report(callers, ids);
    await buy(callers, ids);
    await tell(callers, ids);
    return { callers, ids };
}

// The chair tells more of itself, and its price goes down.
async function tell({ supplier: shop }, ids) {
    const chair = (await shop.api('/supplier/goods')).items.find((row) => row.product.slug === 'reading-chair');
    const { skus: [sku] } = await shop.api('/p/reading-chair');
    Object.assign(ids, { goods: `/supplier/goods/${chair.product.id}`, variant: sku.id });
    expect(await shop.post(ids.goods, { name: chair.product.name, slug: 'reading-chair', currency: 'USD', category: 'Furniture', option1: 'Colour', body: 'Made to be sat in for a whole novel.', spec_name: ['Material', 'Height'], spec_value: ['oak', '78 cm'] }), 303);
    expect(await shop.postFiles(`${ids.goods}/photos`, {}, [{ name: 'photo', bytes: picture(900, 900, [110, 90, 70]), filename: 'chair.jpg' }]), 200, 303);
    expect(await shop.post(`${ids.goods}/v/${sku.id}`, { sku: sku.code, value1: 'Blue', price: '980.00', compare: '1130.00', weight: 14000 }), 303);
}

async function writeNotes({ author }) {
    const photo = await author.photo(picture(900, 1200, [70, 110, 90]), 'A blue padded chair');
    const pin = { pin_product: 'reading-chair', pin_photo: 1, pin_x: 500, pin_y: 550, pin_connection: 'commission' };
    const note = await publish(author, { title: 'The reading chair was worth the wait', photo, alt: 'A blue padded chair', ...pin,
        body: `Seat at 46, arms wide enough for a saucer. ${LONG} #chairs\n\n坐高四十六，扶手放得下一只碟子。` });
    const titles = ['Toast at the long table', '一个月三周不在家的人养的仙人掌，四年了还活着', 'Sixty kilometres before breakfast', '在海边住了一周，什么都没做'];
    for (const [n, title] of titles.entries()) {
        const wide = await author.photo(picture(n % 2 ? 1200 : 700, 800, [60 * n, 120, 80]), 'A plain colour');
        await publish(author, { title, section: n % 2 ? 'food' : 'home', photo: wide, alt: 'A plain colour', body: 'Words. #chairs' });
    }
    return { note };
}

async function showVideo({ author }, ids) {
    ids.film = await author.photo(film({ width: 640, height: 360, sound: false }), 'Colours that move', 'film.mp4');
    const sheet = { name: 'captions', bytes: Buffer.from('WEBVTT\n\n00:00.000 --> 00:02.000\nColours\n'), filename: 'c.vtt' };
    expect(await author.postFiles(`/media/${ids.film}/captions`, { lang: 'en' }, [sheet]), 303);
    await until('the video is ready', async () => (await author.api(`/media/${ids.film}`)).state === 'ready', 60000);
    ids.filmed = await publish(author, { title: 'A test picture, and what it teaches', section: 'home', photo: ids.film, alt: 'Colours that move' });
}

async function answer({ reader, author, supplier: shop }, ids) {
    const { note } = ids;
    const first = expect(await reader.postForm(`/n/${note}/comments`, { body: `Where did you find it? ${LONG}` }), 201);
    expect(await author.postForm(`/n/${note}/comments`, { body: '在北边的一家小店，走路十分钟就到。', parent: first.json.id ?? '' }), 201, 422);
    for (const who of [reader, shop]) expect(await who.postForm(`/n/${note}/like`, { on: 1 }), 200);
    expect(await reader.postForm(`/n/${note}/save`, { on: 1 }), 200);
    const made = expect(await reader.post(`/n/${note}/collection`, { collection: 'new', name: 'Rooms to read in', open: 1 }), 303);
    ids.collection = made.location.split('/')[2];
    expect(await reader.postForm('/u/walk_author/follow', { on: 1 }), 200);
}

async function talk({ reader, author, supplier: shop }) {
    const write = async (who, whom, fields) => expect(await who.postForm(`/messages/${whom}`, fields), 201);
    await write(reader, 'walk_author', { body: `Is the seat as firm as it looks? ${LONG}` });
    await write(author, 'walk_reader', { body: '挺硬的，坐久了反而舒服。' });
    await write(author, 'walk_reader', { body: 'Here it is by the window.', media: await author.photo(picture(800, 600, [90, 120, 70]), 'A chair by a window') });
    await write(shop, 'walk_author', { body: 'Thank you for the kind words about the chair.' });
}

async function report({ reader, operator }, ids) {
    expect(await reader.postForm('/report', { kind: 'note', id: ids.note, harm: 'insult', body: LONG }), 201);
    ids.case = (await operator.api('/moderation')).items[0].id;
}

async function buy({ reader, supplier: shop }, ids) {
    const paid = await order(reader, 'reading-chair', 2);
    await payFor(reader, paid);
    const had = await order(reader, 'teapot', 1);
    await payFor(reader, had);
    expect(await shop.post(`/supplier/orders/${had.orders[0]}/ship`, { carrier: 'Post', tracking: 'T-1' }), 303);
    expect(await reader.post(`/orders/${had.orders[0]}/received`, {}), 303);
    const asked = expect(await reader.postForm(`/orders/${had.orders[0]}/return`, { line: 0, reason: 'defect', words: `The lid does not fit. ${LONG}` }), 200, 303);
    ids.sent = had.orders[0];
    ids.back = asked.headers.location.match(/case_\w+/)[0];
    const open = await order(reader, 'teapot', 1);
    const { skus } = await reader.api('/p/reading-chair');
    expect(await reader.postForm('/cart', { sku: skus[0].id, quantity: 3 }), 200, 303);
    Object.assign(ids, { order: paid.orders[0], pay: open.pay });
}
