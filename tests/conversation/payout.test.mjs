// From a sale to the bank: who is paid says who they are, a batch is made once, the bank's file is
// right, and a return that comes later is clawed back.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { it } from 'node:test';
import { expect, until } from '../support/client.mjs';
import { conversation, isProblem, member, order, payFor, reaches, shows, supplier } from '../support/kit.mjs';
import { painSchema } from '../support/pain.xsd.mjs';

const DAY = 86_400_000;
const SUPPLIER = 3, CLEARING = 1, RESERVE = 11, PAYOUT = 12, OWED = 10;
const who = { kind: 'person', name: 'Nora <North> & Light', address: '1 Kiln Lane, Ghent', country: 'BE', tax: 'BE0123', holder: 'Nora "North" & Light', account: 'be71 0961 2345 6769', bank: 'GKCCBEBB' };

function valid(xml, version) {
    const folder = mkdtempSync(path.join(tmpdir(), 'sward-pain-'));
    try {
        writeFileSync(path.join(folder, 'a.xsd'), painSchema(version));
        writeFileSync(path.join(folder, 'a.xml'), xml);
        const ran = spawnSync('xmllint', ['--noout', '--schema', path.join(folder, 'a.xsd'), path.join(folder, 'a.xml')], { encoding: 'utf8' });
        assert.equal(ran.status, 0, `${ran.stderr}\n${xml}`);
    } finally {
        rmSync(folder, { recursive: true });
    }
}

conversation('payouts', { simulation: true, payout_holder: 'The Shop & Co', payout_account: 'DE89370400440532013000', payout_reserve: 10 }, (server) => {
    let now = Date.UTC(2026, 5, 1, 9);
    let seller, buyer, placed, batch, owed;
    const json = { Accept: 'application/json' };
    const balance = (kind) => server().export('ledger').filter((p) => p.kind === kind).reduce((sum, p) => sum - Number(p.amount), 0);
    const post = (where, fields) => server().operator().post(`/api/v1${where}`, fields, json);
    const make = () => post('/operator/payouts', { currency: 'USD', custody: '1' });

    it('lets one earn without saying who one is, and pays nobody unknown', async () => {
        await server().clock(now);
        seller = await supplier(server(), [{ slug: 'bowl', price: '100.00' }], 'potter');
        buyer = await member(server());
        placed = await order(buyer, 'bowl');
        await payFor(buyer, placed);
        const id = placed.orders[0];
        expect(await seller.post(`/supplier/orders/${id}/ship`, { carrier: 'Post', tracking: 'T1' }), 303);
        expect(await buyer.post(`/orders/${id}/received`, {}), 303);
        now += 31 * DAY;
        await server().clock(now);
        await reaches(buyer, id, 'closed');
        owed = balance(SUPPLIER);
        assert.ok(owed > 8000);
        const list = await server().operator().api('/operator/payouts');
        assert.deepEqual(list.owed.map((o) => [o.handle, o.amount, o.known]), [['potter', owed, false]]);
        isProblem(await make(), 409);
    });

    it('takes an identity, and marks what is wrong in it', async () => {
        const wrong = await seller.post('/api/v1/me/payout', { ...who, account: 'BE72096123456769', country: 'XX', tax: '' }, json);
        isProblem(wrong, 422);
        for (const field of ['account', 'country', 'tax']) assert.match(wrong.text, new RegExp(`"${field}"`));
        expect(await seller.post('/me/payout', who), 303);
        const kept = await seller.api('/me/payout');
        assert.equal(kept.account, 'BE71096123456769');
        shows(await seller.get('/me/payout'), /Nora &lt;North&gt; &amp; Light/);
        assert.equal((await buyer.api('/me/payout')).known, false);
    });

    it('makes a batch once, with a file that a bank takes', async () => {
        expect(await make(), 200, 303);
        isProblem(await make(), 409);
        const reserve = Math.round(owed / 10);
        assert.equal(balance(SUPPLIER), 0);
        assert.equal(balance(PAYOUT), owed - reserve);
        assert.equal(balance(RESERVE), reserve);
        [batch] = (await server().operator().api('/operator/payouts')).batches;
        for (const [version, name] of [['3', '03'], ['9', '09']]) {
            const file = expect(await server().operator().get(`/api/v1/operator/payouts/${batch.id}/pain?version=${version}`), 200);
            valid(file.text, name);
            assert.match(file.text, new RegExp(`<CtrlSum>${((owed - reserve) / 100).toFixed(2)}</CtrlSum>`));
            assert.match(file.text, /<NbOfTxs>1<\/NbOfTxs>/);
            assert.match(file.text, /<IBAN>BE71096123456769<\/IBAN>/);
            assert.match(file.text, /The Shop &amp; Co/);
        }
        const csv = expect(await server().operator().get(`/api/v1/operator/payouts/${batch.id}/csv`), 200).text;
        assert.match(csv, /BE71096123456769,GKCCBEBB,BE,/);
        assert.equal((await seller.get(`/operator/payouts/${batch.id}/csv`)).status, 403);
    });

    it('is paid once; what comes back is owed again', async () => {
        const [line] = (await server().operator().api(`/operator/payouts/${batch.id}`)).items;
        expect(await post(`/operator/payout/${line.id}`, { result: 'failed', note: 'account closed' }), 200, 303);
        isProblem(await post(`/operator/payout/${line.id}`, { result: 'paid' }), 409);
        assert.equal(balance(SUPPLIER), line.amount);
        expect(await make(), 200, 303);
        const [second] = (await server().operator().api('/operator/payouts')).batches;
        const before = balance(CLEARING);
        expect(await post(`/operator/payouts/${second.id}/paid`, {}), 200, 303);
        assert.equal(balance(CLEARING) - before, second.amount);
        assert.equal(balance(PAYOUT), 0);
        const [again] = (await server().operator().api(`/operator/payouts/${second.id}`)).items;
        isProblem(await post(`/operator/payout/${again.id}`, { result: 'paid' }), 409);
    });

    it('claws a late return back: from the reserve first, then from the next sale', async () => {
        const reserve = balance(RESERVE);
        expect(await post(`/operator/orders/${placed.orders[0]}/refund`, { line: '1', amount: '100.00', reason: 'broken' }), 200, 303);
        await until('it was given back', () => server().export('log').some((e) => e.kind === 'refund.done'));
        assert.equal(balance(OWED), 0);
        assert.equal(balance(RESERVE), 0);
        assert.equal(balance(SUPPLIER), reserve - owed);
        isProblem(await make(), 409);
    });

    it('tells the whole of it: statement, revenue, and what a fund is spent for', async () => {
        const csv = expect(await seller.get('/me/earnings/csv'), 200).text.trim().split(/\r?\n/);
        assert.equal(csv[0], 'date,what,order,amount,balance,currency');
        assert.equal(Number(csv.at(-1).split(',')[4]), balance(SUPPLIER));
        const money = await server().operator().api('/operator/money');
        assert.equal(money.agrees, true);
        const potter = money.parties.find((p) => p.handle === 'potter');
        assert.equal(potter.earned, owed);
        assert.equal(potter.earned - potter.given_back - potter.paid_out, potter.left);
        const fund = money.funds.find((f) => f.held > 0);
        const spend = { fund: String(fund.kind), currency: fund.currency, custody: '1', amount: '0.10', purpose: 'Prizes', figure: 'Notes a week' };
        isProblem(await post('/operator/funds', { ...spend, purpose: '' }), 422);
        isProblem(await post('/operator/funds', { ...spend, amount: '999.00' }), 409);
        expect(await post('/operator/funds', spend), 200, 303);
        const after = await server().operator().api('/operator/money');
        assert.equal(after.funds.find((f) => f.kind === fund.kind).held, fund.held - 10);
        assert.equal(after.agrees, true);
    });

    it('sets fees from a day on, and never for the past', async () => {
        const fee = { platform: '600', author: '400', tax: '300', reinvest: '3000', note: 'Rent went up' };
        isProblem(await post('/operator/fees', { ...fee, since: '2026-01-01' }), 422);
        expect(await post('/operator/fees', { ...fee, since: '2027-01-01' }), 200, 303);
        shows(await server().operator().get('/operator/money'), /Rent went up/);
    });
});
