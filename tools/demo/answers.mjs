// What people say when they look back on an older note, and short answers
// that fit under any note of a kind.

const pairs = (text) => text.trim().split('\n').map((line) => {
    const [title, body] = line.split('|').map((part) => part.trim());
    return { title, body };
});

export const lookingBack = {
    en: pairs(`
Weeks later: {title} | Several of you asked how it went on. Still here, still in use, and I stopped noticing it, which is the best I can say of a thing.
Update: {title} | I promised an honest update. One small scratch, no regrets. I would choose the same again, perhaps a size larger.
Asked and answered: {title} | You wrote so many questions under my note that here is one reply for all: yes, yes, not in winter, and ask the supplier about the spare parts.
Still true: {title} | I read my old note again and there is nothing to take back. Only the price in my head has become smaller.
A second look at it | The first weeks are easy to praise. This is the picture after daily use: a little worn, a little more mine.
What I know now: {title} | If I wrote it today I would put the care first and the looks second. Five minutes a week, that is all it wants.
One month with it | My partner was against it and now calls it "ours". I consider the matter closed.
For those who wrote to me | Thank you for the letters. It travelled, it fell once, it works. I took the new picture in the same light so that you can compare.
The honest month: {title} | Three people in the house, one thing, no quarrel yet. I count that as a result.
Small correction: {title} | I was too strict about one detail. It settles after two weeks. Everything else stays as I wrote it.
And then it rained | The old note was written on a fine day. It has now been wet, cold and lent to a neighbour. All three came back smiling.
My friend bought one too | She read my note, laughed at me, and ordered it the same evening. Now we compare pictures on Sundays.
How it looks today: {title} | Same place, other season. I like things that one can photograph twice.
`),
    zh: pairs(`
几周之后：{title} | 好多人问后来怎么样了。还在，天天用，用到忘了它的存在，这就是我能给的最高评价。
更新：{title} | 答应过要说实话：有一道小划痕，不后悔。再选一次还是它，也许大一号。
集中回复一下大家 | 上篇下面问得太多，一次答完：能，能，冬天不行，配件请直接问店家。
没什么要收回的：{title} | 翻出旧笔记又看了一遍，每句都还算数。只是当时觉得贵，现在不觉得了。
再看一眼它 | 头几周谁都会夸。这是天天用过以后的样子：旧了一点，也更像我的了。
现在才懂：{title} | 要是今天写，我会把打理放在前面，好看放在后面。一周五分钟，它要的就这么多。
一个月使用报告 | 家里那位当初反对，现在开口闭口“我们家的”。此事就此结案。
写给来私信我的各位 | 谢谢大家。它出过远门，摔过一次，没事。我在同样的光线里又拍了一张，你们对比着看。
诚实的一个月：{title} | 三口人，一样东西，还没吵过架。我觉得这就是结论。
小小更正：{title} | 有个细节我说重了，用上两周就好了。其他的照旧。
后来下雨了 | 上篇写在晴天。现在它淋过雨、受过冻、还借给过邻居，三样都平安回来了。
朋友也下单了 | 她看完我的笔记笑了我半天，当晚自己也买了一个。现在我们每周日互相晒图。
今天的样子：{title} | 同一个地方，换了季节。我喜欢能拍第二次的东西。
`),
};

export const shortAnswers = {
    en: ['Saved for the weekend.', 'You have a way with words.', 'Thank you, this helped me decide.', 'I have the same one and nod at every line.',
        'How is it after a month?', 'Came for the picture, stayed for the text.', 'My mother would love this.', 'Where is that light from?',
        'Following you for the next one.', 'Exactly my problem, thank you.', 'That made my train ride shorter.', 'Noted, and shared with my sister.',
        'I was about to buy the other one.', 'More of this, please.', 'Could you show the back of it?', 'You are right about the size.',
        'Reading this with my tea.', 'I did it your way and it worked.', 'Short and honest, the way I like it.', 'Bookmarked for when we move.'],
    zh: ['收藏了，周末照着做。', '文字好舒服，再多写点。', '谢谢，帮我下了决心。', '同款，每一句都在点头。',
        '用一个月之后还喜欢吗？', '被图骗进来，被字留下。', '我妈肯定喜欢，转给她。', '这光是几点拍的呀？',
        '关注了，等下一篇。', '正好是我的问题，感谢！', '地铁上看完，坐过站了。', '记下了，也发给我姐了。',
        '差点买了另一款，好险。', '就爱看这样的。', '能拍一下背面吗？', '尺寸说得太对了。',
        '配着茶看完的。', '按你说的做，成了！', '短，真，喜欢。', '先存着，搬家用。'],
};
