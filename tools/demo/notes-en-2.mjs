// Notes in English, second half. See notes-en-1.mjs for the form.
export default `
@ lifestyle experience clacky-keyboard laptop / clacky-keyboard:commission
My neighbours know when I have a deadline
It is loud. It is wonderful. I put a felt mat under it and the lady downstairs has
started to greet me again. #desk
> Which switches? Mine are "silent" and are not.
> The felt mat is peace in our time.

@ lifestyle article laptop 32-inch-monitor cordless-mouse / 32-inch-monitor:commission cordless-mouse:bought
A desk for two people who work in turns
Mornings hers, afternoons mine. One cable to unplug, one height mark on the wall for
the screen, mouse on the left for her and right for me. The rule that saved us:
leave it empty.
> "Leave it empty" is the rule of every shared thing.
> How do you do the chair?

@ lifestyle experience curvy-monitor wooden-side-desk / curvy-monitor:bought
Curved screen: a month of feeling seasick, then not
Three days of it, really. Now flat ones look as if they bulge. Good for long tables
of numbers, no difference for letters. It is wide; measure your desk twice.
> The bulge! I thought I was imagining it.
> For drawing, would you?

@ lifestyle question hard-drive usb-cable
Where do you keep ten years of photos?
I have one disk. I know. Tell me what to do in a way that I will really do, please.
> Two disks, one at your sister's. Swap at birthdays.
> Start with one copy this Sunday. Then think.

@ lifestyle experience hard-drive / hard-drive:commission
Two disks, one at my sister's
You told me so in the answers to my question, and I did it. Sunday copy, swapped at
birthdays. It took an afternoon and I sleep differently. #backup
> You did it! Proud of you, stranger.
> Birthday swap club.

@ lifestyle experience tablet / tablet:commission
Sheet music on a tablet: the page turns itself
Forty kilos of paper became a slate. A pedal turns the pages. The light must be down
to a quarter or the whole choir reads along from your face.
> Which pedal?
> Does it last a whole rehearsal?

@ lifestyle complaint ethernet-cable / ethernet-cable:bought
The cable is fine. The clip is not
Third one whose little tongue broke off in a month. It works, it just falls out when
the cat walks by. Cat five, in a way.
> Cat five. I am leaving.
> Get ones with a rubber hood over the clip.

@ lifestyle experience gaming-pc high-performance-ram / high-performance-ram:bought gaming-pc:none
I built it with my daughter. She is nine
She did the memory, because her fingers fit. She asked why it glows and I had no
answer. It started on the second try, the first time we had forgotten the switch.
#family
> Why does it glow, though.
> The switch on the back! Every builder's initiation.

@ lifestyle need usb-cable
Wanted: a cable that survives a teenager
Budget negotiable, patience used up. It has to live in a bag with keys and a
trumpet.
> Braided, short, and buy two.
> The trumpet is the real problem here.

@ lifestyle experience vintage-folding-camera / vintage-folding-camera:none
My grandfather's folding camera, back to work
It is the same model as the one in the shop, which is why I dare to show it. A new
bellows, a drop of oil, and it took a picture of the garden he planted.
> I am not crying, it is the onions.
> Who does bellows these days?

@ lifestyle article nikkormat-slr-camera camera-lens tripod / nikkormat-slr-camera:commission tripod:commission
Your first film camera: five things to look at
Shutter at one second: count along. Light seals: black crumbs mean new foam. Lens
against a lamp: mist means no. Battery box: green means vinegar and time. And hold
it. If you don't want to put it down, that's the one. #film
> The last one is the only one that matters.
> Green battery box: lemon juice works too.

@ lifestyle experience twin-lens-camera / twin-lens-camera:bought
People smile differently at a box
You look down, not at them. Nobody poses for the top of a head. I have portraits now
of uncles who hate photographs.
> Uncles who hate photographs, a series please.
> The waist level changes everything.

@ lifestyle experience skipping-rope boxing-gloves / skipping-rope:commission boxing-gloves:none
Eight dollars and a parking deck
I quit the gym. The rope lives in my coat. Three songs, that is all, and the
pigeons have begun to count along.
> Three songs is a great unit.
> My ankles after one song: no.

@ lifestyle experience boxing-gloves / boxing-gloves:bought
Boxing for the very polite
I apologised to the bag for the first four lessons. Gloves are stiff for two weeks,
then yours. Wraps matter more than gloves, so says everyone and so do I.
> I apologise to doors.
> How do you dry them out?

@ lifestyle mood football
Rain, eleven against nine, and we won
We were the nine. Nobody knows how. There is grass in my ear.
> Grass in the ear is the medal.
> Rematch is on Thursday, we hear.

@ lifestyle experience basketball hi-top-basketball-shoe / basketball:commission
The court behind the bakery at seven
Nobody is there but the baker's son and me. He is eleven and beats me from the left.
The ball has gone smooth on one side, which is the side I throw from, I suppose.
> Outdoor ball, is it? Mine peeled in a month.
> Beaten by eleven-year-olds club.

@ lifestyle question tennis-ball
How many weeks until a tennis ball is dead?
We play once a week, badly. The partner says four, I say it is the player.
> Two sessions, if you are strict. Nobody is strict.
> Then they go to the dog.

@ lifestyle experience cruiser-skateboard / cruiser-skateboard:gift
Learning to skate at forty-three
My sister gave it to me, so did the bruises. After six weeks I can go to the shop and
back and carry milk. That is all I ever wanted of it.
> Carrying milk is the final exam.
> Did you wear wrist guards? Please.

@ baby experience instant-camera bedside-table / instant-camera:commission
One instant photo each month, same blanket
Twelve of them now hang on a string. You see it in the feet first. I wish I had
written the weight on the border. #firstyear
> In the feet first. Oh my heart.
> Starting this on Friday, due date willing!

@ baby question grey-fabric-sofa
Which sofa survives a toddler and a yoghurt?
We need covers that come off, corners that don't hurt and a colour called "yoghurt".
> Removable covers or nothing.
> Grey hides everything but raisins.

@ baby experience grey-fabric-sofa bedside-table / grey-fabric-sofa:bought
Yoghurt report, four weeks later
We took the grey one. Washed the covers nine times at thirty degrees. One seam opened,
the supplier sent thread and an apology by hand. Still soft, still grey.
> Nine times, and it still looks like that!
> By hand? That is a good shop.

@ baby article light-shade bedside-table comfy-padded-chair / comfy-padded-chair:commission
The feeding corner, in the order of its worth
A chair that holds your elbows. A lamp you can dim with one finger. A table for a
glass you can reach with the wrong hand. Everything else we bought went to friends.
#newborn
> The wrong hand! Nobody tells you.
> Elbows. Yes. Elbows.

@ baby mood hanging-plant
She said "leaf"
It was about the plant above her bed. Then she said it about the spoon, the cat and
me. Still: leaf.
> Welcome to the world of leaf.
> I was "spoon" for a month.

@ baby complaint light-shade / light-shade:none
The lamp is lovely, the switch is a gunshot
Asleep at last, on tiptoe to the wall, click, awake. I put a dimmer in for ten dollars.
Makers of lamps, have you met a baby?
> We use a smart plug for exactly this.
> Felt under the rocker. Try it.

@ beauty experience orchid bedside-table / orchid:none
A bathroom shelf with almost nothing on it
Soap, one cream, an orchid that likes the steam. I gave away eleven bottles and my
skin has not noticed. #lessismore
> Which cream survived?
> Orchid in the bathroom, of course. Steam!

@ beauty question aloe-vera
Aloe from the plant or from a bottle?
The bottle lists forty things and aloe is the ninth. The plant itches on some. What
do you use after shaving?
> Plant, after a patch test on the arm.
> Bottle from the chemist, the plant broke me out.

@ beauty article aloe-vera assorted-succulents / aloe-vera:commission
Not every spiky plant is aloe
True aloe: leaves in a rosette, little teeth on the edge, clear gel. Haworthia: white
bumps, too small to use. Agave: burns. If the label only says "succulent", keep it on
the sill and off your face. #skincare
> The one in the photo is the bumpy kind, isn't it? Good eye.
> Saved. Nearly used agave once.

@ beauty experience tulip-pot / tulip-pot:commission
Rose water, tulips, ten minutes
My evening: phone out of the room, face washed, sit beside something that blooms.
There is no product in this note that does what ten quiet minutes do. The tulips help
with the sitting.
> And the pot is so cheerful.
> Ten quiet minutes, prescription accepted.

@ beauty mood twin-lens-camera
Portrait day, no filter possible
He used a camera older than both of us. I saw the print and recognised somebody, for
once. I have my aunt's chin.
> That is the best kind of seeing.
> More portraits, please.

@ food complaint modern-cafe-chair / modern-cafe-chair:none
To the café with the beautiful chairs
Your cake is a dream. I slid off twice during it. A cushion, I beg of you.
> I know which one this is. The lemon cake!
> Slid off, laughing.

@ food unboxing aloe-vera hand-trowel
A box of kitchen plants, and what lived
Mint: of course. Basil: no. Aloe for burnt fingers: thriving, I burn mine often.
Chives: the cat.
> "Chives: the cat." I need to know more.
> Basil wants company and warmth, try again in May.

@ travel experience nikkormat-slr-camera allstar-sneakers / nikkormat-slr-camera:commission allstar-sneakers:none
Night train, one roll, canvas shoes
Thirty-six pictures between two capitals. I used nine on the same window. The shoes
were wrong for the snow and right for everything else. #nighttrain
> Nine of the same window is the correct number.
> Which line was it?

@ travel need tripod
Something to hold my phone in the wind
For video calls from a mountain hut with grandmother. It should weigh less than the
sandwich.
> A bag of rice. Weighs as much as the sandwich, but.
> Small table tripod and a stone on it.

@ lifestyle experience compact-slr-camera / compact-slr-camera:employee
I sell these, so here is what I tell friends
I work at the shop that sells it, you see the label. Friends hear this: buy it if you
like dials. If you want it in your trouser pocket, don't. And try the silver one, it
gets more smiles.
> Refreshing. Which one do you use yourself?
> "Gets more smiles" is a real spec.

@ home experience fern-blechnum-gibbum hanging-plant / fern-blechnum-gibbum:commission
A fern that forgave me
I forgot it for a whole holiday. It went brown to the knee. I cut everything off,
apologised, watered from below, and in four weeks it unrolled five new fronds.
> Watering from below is what saved mine too.
> They do listen to apologies.

@ home mood leather-sofa
Moved in. One sofa, no curtains
Echo everywhere. We ate on the floor with our backs against it and decided who gets
which cupboard. I hope we will remember this better than the boxes.
> You will. We remember the echo.
> Congratulations! Curtains are overrated.
`;
