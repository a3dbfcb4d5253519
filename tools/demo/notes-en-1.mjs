// Notes in English, first half. Each begins with a line
//   @ section kind photo photo ... / product:connection ...
// then its title, its text (a blank line parts paragraphs), and what others
// answer, each after "> ". See notes.mjs for how they are read.
export default `
@ home experience spiky-cactus hand-trowel / spiky-cactus:bought
A cactus I cannot kill, and I have tried
I am away three weeks of four. This one stands on the north sill, gets a
splash on the first of the month and has put on two fingers' width since spring.

Terracotta, gritty soil, no saucer. That is the whole secret. #houseplants #smallspaces
> The first of the month trick is brilliant, stealing it.
> Mine leans like yours. Turn it a quarter every week!

@ home experience assorted-succulents wooden-side-desk / assorted-succulents:commission
Eight succulents, one tray, zero drama
I set them out on paper first, like furniture in a doll's house. The tall one at
the back, the two rosettes where my sleeve won't catch them.

They arrived with bare roots wrapped in moss and not a leaf was bruised. #houseplants
> How long before you watered them the first time?
> Bare roots in moss is how a good shop does it.

@ home question orchid
Do orchids bloom twice, or was that it?
Six weeks of flowers, then one by one they dropped. The leaves look fine and fat.
Do I cut the stalk, and where? The internet says three different things. #askgarden
> Cut above the second knot from below. Mine came back in ten weeks.
> Leave it if it is green, cut it if it is brown.

@ home experience hanging-plant light-shade / hanging-plant:commission
The dark corner is solved
Above the bookcase was always a hole. A hook in the beam, a chain from the
hardware shop, and this cascade. It drinks a cup twice a week and wants to be
turned, otherwise it goes bald at the back.
> What kind of hook did you use? My ceiling crumbles.
> The shadow it throws in the evening must be lovely.

@ beauty experience aloe-vera / aloe-vera:none
Sunburn, an aloe leaf and an honest result
Cut one outer leaf, let the yellow sap run out for ten minutes, then use only the
clear part. It cools for about an hour. It does not cure anything; it made the
evening bearable. Sunscreen next time. #skincare #summer
> Thank you for saying it does not cure. So many notes promise the moon.
> Ten minutes for the sap, noted. That was why mine itched!

@ home complaint bonsai-tree / bonsai-tree:bought
My bonsai came with a stone for a root ball
Pretty from above. Underneath the soil was baked hard and water ran straight off.
I soaked it for a day and it recovered, but a card in the box would have saved
me the fright.
> Same here. A chopstick to open the soil helped.
> Did you tell the supplier? They answered me within the day.

@ home article grey-fabric-sofa leather-sofa / grey-fabric-sofa:commission leather-sofa:none
Fabric or leather: two sofas after a year
We have both, one in each room, and two cats.

Fabric: warm at once, every crumb shows, covers came out of the wash like new.
Leather: cold in January, wiped in seconds, and yes, it is scratched. I stopped
minding around month three.

If you nap, fabric. If you host, leather. #sofa #cats
> "If you nap, fabric" should be printed on the label.
> Which one do the cats choose?

@ home unboxing wooden-stool / wooden-stool:commission
Fourteen dollars of stool, fully assembled
No screws, no bag of keys. It came in one piece, wrapped in paper, and smells of
a workshop. One foot was a hair short; a felt pad fixed it.
> Is it the right height for a kitchen counter of 90?
> I have two as plant stands. They carry more than they look.

@ home experience light-shade wooden-side-desk black-eaves-chair / light-shade:bought black-eaves-chair:none
A desk corner for one hour a day
I don't work at home, I write letters at home. So: one lamp low over the table,
one chair that lets me lean back, nothing that blinks. #desk #slowliving
> Low lamp is the trick, isn't it. Everything gets calm.
> Letters! With stamps?

@ home experience bedside-table spiky-cactus / bedside-table:commission
The phone sleeps in the hall now
The table is too small for a phone, a book and a glass. I chose the book and the
glass. Two weeks in I read eleven chapters.
> The alarm clock in your photo makes the point.
> Eleven chapters! What are you reading?

@ lifestyle mood balloon-chair
Birthday, party of one, no regrets
A chair, a balloon and the window open. I ordered noodles and called nobody until
nine. Then everyone. #thirtynine
> Happy birthday! Noodles for a long life.
> I read this twice. Lovely.

@ home need comfy-padded-chair
Looking for an armchair my father can get out of
He is 81 and proud. The seat must be firm and not lower than a hand above the
knee, with arms he can push on, and it must not look like a hospital. Has anyone
measured the padded one?
> Mine is 46 cm at the seat. My mother gets up from it without help.
> Ask the supplier for the foam density, they told me in an hour.

@ home experience comfy-padded-chair wooden-side-desk / comfy-padded-chair:commission
The reading chair was worth the wait
Answering my own search from last month: we bought it. Seat at 46, arms wide
enough for a saucer. Father has named it, which settles the matter.
> Named it! What?
> So glad. This is what notes are for.

@ home experience modern-cafe-chair wooden-stool / modern-cafe-chair:bought
One yellow chair in a white kitchen
Everyone sits on it. There are three others. I think people walk to colour the
way moths do.
> We have one red chair and it is exactly the same.
> Does it wobble on tiles?

@ lifestyle experience guardian-lion-statue / guardian-lion-statue:commission
A lion for the balcony
He weighs as much as a child and cost me a favour from two neighbours. Now he
guards the geraniums and the pigeons really do stay away, though I suspect that is
the broom.
> He needs a partner, they come in pairs!
> Does the stone stain in the rain?

@ home article hand-trowel tulip-pot assorted-succulents / hand-trowel:commission tulip-pot:commission
Repotting in a flat, without the mess
1. Newspaper, then a tray, then the pot. In that order.
2. Water the day before, never on the day.
3. Trowel in at the edge, twist, lift.
4. New pot only two fingers wider.

Twenty minutes, one broom. #houseplants #howto
> Water the day before! Years of mud explained.
> Two fingers wider, saved.

@ food experience tulip-pot / hand-trowel:none
I grow coriander in flower pots
The tulips were over, the pot was there. Seed, a finger of soil, a window that
faces east. We cut a handful twice a week and the shop's limp bunches are history.
#herbs #kitchengarden
> East window is right, mine bolted in the south one.
> Can you do it in winter?

@ food mood wooden-side-desk
Toast at the long table
Sunday, butter, the radio too quiet to follow. I had forgotten how much a table
without a screen on it can hold.
> This is a whole poem.
> What is the plant? It suits the cloth.

@ food experience instant-camera modern-cafe-chair / instant-camera:bought
We rate our cafés on instant photos
One picture for each place, the rating written in the white border. Eleven so far.
A bad cake is much funnier when it stays on the fridge. #cafes
> Show us the worst one!
> The film is the expensive part, isn't it.

@ food question wooden-stool
Which height of stool for a 92 cm counter?
The one I like is low, the one that fits is ugly. How many centimetres do you leave
for the knees?
> 25 to 28 between seat and top.
> I cut the legs of mine. Measure three times.

@ food article compact-digital-camera wooden-side-desk / compact-digital-camera:commission
Photographing dinner without annoying anyone
Sit by the window. Lamp off. Camera beside the plate, not above it. Three frames,
then put it away and eat, because warm food beats a warm tone.
> "Three frames, then eat." Framed on my wall.
> Which focal length do you use at the table?

@ travel experience tent hand-trowel / tent:commission
Four nights of rain, one dry sleeping bag
The yellow tent held. I pitched it on a slope because I am stubborn, and the water
went under and not in. Seams: dry. Zip: one tooth catches at the corner, as it did
last year. #camping #rain
> How long does it take you alone?
> The corner zip! Candle wax fixes it.

@ travel question tent
Is a two-person tent enough for two persons?
We are both tall and one of us kicks. There are no bags inside, those go in the
car. Honest answers, please.
> For two who like each other, yes.
> Take three-person. Your knees will write me letters.

@ travel experience compact-slr-camera camera-lens / camera-lens:commission
One lens for ten days in the north
I left the bag at home and carried a single lens. I cursed it twice, at the whales
and in the chapel. The rest of the time I simply saw more. #onelens
> What did you miss at the whales, reach?
> Ten days with one lens made me a better walker.

@ travel experience instamatic-camera / instamatic-camera:bought
Twenty dollars, twelve pictures, one island
No screen, no second try. I waited for things. A ferry, a cat, a man folding nets.
Nine of twelve came out and I know each of them by heart.
> The man folding nets, please show it.
> Where do you still get the film?

@ travel mood road-bike
Sixty kilometres before breakfast
The road was empty except for a fox who had also overslept. I am too old to be
fast and exactly old enough to stop for the view.
> A fox who overslept, haha.
> Which way did you go?

@ travel experience road-bike ultraboost-running-shoe / road-bike:paid
A week on a borrowed racer
The shop lent it to me and pays me for this note, so weigh it accordingly. It
climbs like a kite. On cobbles it is a typewriter. I would buy it for hills and
leave it at home for the city.
> Thanks for saying it is paid in the first line.
> "On cobbles it is a typewriter" sold me on not buying it.

@ travel article tripod twin-lens-camera / tripod:commission
The lightest tripod I have not thrown away
Rules after three bad ones: it must stand on a café table, fit a coat pocket and be
cheap enough to forget in a train. This one is all of that, and it will not carry
a long lens, so don't ask it to.
> How does it do on sand?
> Forgot mine in Lyon. Can confirm the price heals.

@ travel question compact-digital-camera instamatic-camera
Which camera for somebody who hates cameras?
My mother wants to remember a trip, not learn a menu. One button, big screen, she
will drop it once.
> Instant. She will hold the memory in her hand.
> Her phone, honestly.

@ clothing experience allstar-sneakers / allstar-sneakers:bought
Three summers in the same sneakers
First summer: blisters. Second: perfect. Third: a hole where my small toe has
opinions. I ordered the same pair again without looking at anything else. #everyday
> The small toe always wins.
> Half a size up saves the first summer.

@ clothing experience hi-top-basketball-shoe / hi-top-basketball-shoe:commission
White hi-tops and how to keep them white
Washing-up liquid, warm water, an old toothbrush, and paper inside while they dry,
never on the heater. Once a week, five minutes, during the news.
> During the news. So you scrub angrily?
> Paper inside is what I always forgot.

@ clothing unboxing pureboost-running-shoe / pureboost-running-shoe:gift
They sent me running shoes. I do not run
A gift from the shop, so you know. I walked in them: twelve kilometres of market,
museum and stairs. My knees said thank you. I still do not run.
> The knees never lie.
> Honest as always. Do they breathe?

@ clothing question freerun-running-shoe runx-running-shoe
Half a size up for running, or is that a myth?
Everyone says so, my heel disagrees. I have a narrow foot and run three times a
week, never more than eight.
> Thumb's width in front of the longest toe, that's it.
> For narrow feet: same size, other lacing.

@ clothing experience runx-running-shoe skipping-rope / runx-running-shoe:commission skipping-rope:none
Black shoes for people who hate bright shoes
Every running shoe shouts. This pair whispers. I wear them to the office, nobody has
noticed, and at six I am on the embankment.
> Finally. Why must everything be neon.
> How is the grip on wet leaves?

@ clothing complaint ultraboost-running-shoe / ultraboost-running-shoe:bought
Beautiful colour, laces from another planet
They open. Always the left one, always at the crossing. I changed them for flat ones
for two dollars and now it is the best shoe I own.
> Runner's knot! Look it up, it is magic.
> Thanks for telling the fix too.

@ clothing mood allstar-sneakers cruiser-skateboard
What I wore when I was seventeen, still
Found the old photo. Same shoes, same haircut, worse posture. Some things one may
keep.
> The posture got better? Teach me.
> Same shoes since 2003 here.
`;
