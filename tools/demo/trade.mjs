// Buying and selling: cart, checkout, the test bank, parcels, and the end of
// the return window.

import { expect, until } from '../../tests/support/client.mjs';
import { streets } from './people.mjs';
import { DAY, HOUR } from './world.mjs';

function address(person) {
    const [line1, city, postcode, country, region = ''] = person.home ??= person.dice.pick(streets[person.lang]);
    return { name: person.name, line1, line2: '', city, region, postcode, country, phone: '' };
}

async function pay(person, placed, dice) {
    const declines = dice.chance(0.12);
    const decide = (page, decision) => person.client.post(page, { choice: decision });
    if (!declines) {
        expect(await decide(placed.pay, 'pay'), 303);
        return;
    }
    expect(await decide(placed.pay, 'decline'), 303);
    const again = await until('the decline is known', async () => {
        const answer = await person.client.post(`/purchases/${placed.purchase}/pay`, {});
        return answer.status === 303 && answer.location !== placed.pay ? answer : null;
    });
    expect(await decide(again.location, 'pay'), 303);
}

export const orderState = async (person, id) => (await person.client.api(`/orders/${id}`)).state;

export async function buy(world, person, product, dice) {
    const { client } = person;
    const sku = dice.pick(product.skus);
    const quantity = sku.price.minor < 2000 && dice.chance(0.3) ? 2 : 1;
    expect(await client.postForm('/cart', { sku: sku.id, quantity }), 200, 303);
    world.count('put in a cart');
    if (!dice.chance(0.7)) return;
    const cart = await client.api('/cart');
    const key = `demo-${person.handle}-${person.bought = (person.bought ?? 0) + 1}`;
    const answer = expect(await client.postForm('/checkout', { total: cart.total, ...address(person) },
        { 'Idempotency-Key': key }), 200, 201, 303);
    const placed = answer.json;
    if (dice.chance(0.06)) {
        world.count('checkouts left open');
        return; // walked away from the till: the stock is let go after a while
    }
    await pay(person, placed, dice);
    for (const id of placed.orders) {
        const order = { id, buyer: person };
        await until(`order ${id} is paid`, async () => (await orderState(person, id)) === 'paid');
        const facts = await client.api(`/orders/${id}`);
        order.supplier = facts.supplier;
        order.shipAt = world.now + dice.between(6, 40) * HOUR;
        order.arriveAt = order.shipAt + dice.between(30, 90) * HOUR;
        world.orders.push(order);
        world.count('orders paid');
    }
}

// Parcels that are due to leave or to arrive, and orders whose return window has ended.
export async function moveParcels(world, returnDays) {
    for (const order of world.orders) {
        const supplier = world.suppliers.find((s) => s.handle === order.supplier);
        if (!order.shipped && order.shipAt <= world.now) {
            order.shipped = true;
            const tracking = `SW${String(world.counts['parcels sent'] ?? 0).padStart(6, '0')}`;
            expect(await supplier.client.post(`/supplier/orders/${order.id}/ship`,
                { carrier: supplier.lang === 'zh' ? '顺丰' : 'Parcel Post', tracking }), 303);
            world.count('parcels sent');
        }
        if (order.shipped && !order.arrived && order.arriveAt <= world.now) {
            order.arrived = world.now;
            expect(await order.buyer.client.post(`/orders/${order.id}/received`, {}), 303);
            world.count('parcels received');
        }
    }
    const due = world.orders.filter((o) => o.arrived && o.arrived + returnDays * DAY <= world.now);
    for (const order of due) {
        await until(`order ${order.id} is closed`, async () => (await orderState(order.buyer, order.id)) === 'closed');
        world.count('orders closed');
    }
    world.orders = world.orders.filter((order) => !due.includes(order));
}
