// Notes in Chinese, first half. See notes-en-1.mjs for the form.
export default `
@ home experience spiky-cactus wooden-stool / spiky-cactus:commission
出差党也能养活的一盆仙人掌
一个月有三周不在家，试过薄荷、绿萝、文竹，全军覆没。
这盆放在北窗台，每月一号浇一小杯，居然还长高了两指。

诀窍就一句：红陶盆，粗沙土，不垫水碟。#懒人养植 #租房改造
> “每月一号浇水”好记，我这就定个闹钟！
> 红陶盆真的透气，塑料盆我烂过两棵。

@ home experience assorted-succulents wooden-side-desk / assorted-succulents:commission
八棵多肉，一个托盘，桌角就活了
先在纸上摆位置，像过家家：高的靠后，叶子脆的离手肘远一点。
收到的时候是裸根，用苔藓包得好好的，一片叶子都没掉。#多肉 #书桌一角
> 裸根发货才是懂行的店家。
> 请问缓苗几天开始浇水呀？

@ home question orchid
蝴蝶兰花谢了，梗要不要剪？
开了整整一个半月，现在只剩两朵。叶子还是厚厚的。
网上有人说留，有人说剪，还有人说剪一半……求养过二茬花的姐妹指路。#养花求助
> 从下往上数第二个节上面剪，我的两个月后又冒芽了。
> 梗还绿就留着，黄了再剪，别急。

@ home experience hanging-plant light-shade / hanging-plant:bought
书柜上面那块“黑洞”终于有救了
房东不让打孔，我用的是顶天立地杆，挂上它，晚上灯一开，墙上全是叶子的影子。
每周浇两次，记得转一转，不然背光那面会秃。#租房改造
> 顶天立地杆承重多少？我家猫会跳。
> 影子也太好看了，谢谢分享！

@ beauty experience aloe-vera / aloe-vera:none
晒伤之后，芦荟到底有没有用？说实话版
剪一片外侧的老叶，先竖着放十分钟，让黄色的汁流掉，只用中间透明的部分。
凉快大概一个小时，红还是要自己慢慢退。它不是药，下次请老实涂防晒。#晒后 #真实测评
> 终于有人说“它不是药”，给你点赞。
> 原来要放十分钟！难怪我上次越涂越痒。

@ home complaint bonsai-tree / bonsai-tree:bought
盆景很美，土硬得像砖
摆出来人人夸，可浇水全从边上流走。我用筷子松了土，泡了一整天才缓过来。
卖家要是在盒子里放一张小卡片，我就不用吓出一身汗了。
> 筷子松土是老师傅的办法，学到了。
> 我跟店家说了，回复很快，还教我怎么换土。

@ home article grey-fabric-sofa leather-sofa / grey-fabric-sofa:commission leather-sofa:none
布艺还是皮？两张沙发坐满一年的结论
家里一间一张，外加两只猫。

布的：坐下就暖和，掉渣看得见，套子洗了九次还像新的。
皮的：冬天冰一下，擦擦就干净，猫抓痕从第三个月起我就不看了。

爱躺选布，爱请客选皮。#沙发怎么选
> “爱躺选布，爱请客选皮”可以印吊牌上了。
> 猫最后选了哪张？

@ home unboxing wooden-stool / wooden-stool:commission
一百块出头的凳子，到手就能坐
不用装！纸一拆就是完整的一只，凑近有木工房的味道。
有一只脚短了一点点，垫了块毛毡，稳了。#开箱
> 当花架也好看，我买了两只。
> 凳面会不会起毛刺？

@ home experience light-shade wooden-side-desk black-eaves-chair / light-shade:bought black-eaves-chair:none
一天只用一个小时的角落
不办公，只写信。灯压得低低的，椅子可以往后靠，桌上没有会闪的东西。
坐下来，人就慢了。#一个人的角落
> 现在还有人写信，真好。
> 灯低一点，整个人都安静了。

@ home experience bedside-table spiky-cactus / bedside-table:commission
手机睡客厅，我睡卧室
这张小圆桌放不下手机、书和水杯三样。我留下了书和水杯。
两个星期，看完了十一章。#睡前半小时
> 照片里的闹钟说明了一切哈哈。
> 在看什么书？求书名。

@ lifestyle mood balloon-chair
三十岁生日，一个人，一只气球
给自己煮了碗长寿面，窗开着，谁也没告诉。
九点以后，一个一个打电话过去。挺好的。
> 生日快乐！面要吸溜着吃。
> 看得我眼眶一热。

@ home need comfy-padded-chair
想给我爸找一把“站得起来”的椅子
他八十一了，要面子。坐垫要硬一点，高过膝盖一掌，扶手能撑住，还不能像医院里的。
有没有人量过这把软包椅的坐高？#适老
> 我家量的是 46 厘米，我妈自己能站起来。
> 问问商家海绵密度，他们一小时就回我了。

@ home experience comfy-padded-chair wooden-side-desk / comfy-padded-chair:commission
回来交作业：我爸给椅子起了名字
上个月在这里求推荐，谢谢大家。坐高 46，扶手宽得能放茶碟。
他起初不肯坐，现在谁也别想坐。名字叫“老张”，我们家姓李。
> 老张！笑出声了。
> 这就是我爱看这里的原因。

@ home experience modern-cafe-chair wooden-stool / modern-cafe-chair:bought
白厨房里的一把黄椅子
一共四把，每个人来了都坐黄的那把。
我怀疑人跟飞蛾差不多，看见亮色就走过去了。#厨房
> 我家是红的，一模一样的情况！
> 瓷砖地会滑吗？

@ lifestyle experience guardian-lion-statue / guardian-lion-statue:commission
阳台请了一尊小石狮
跟个小孩一样沉，求了两位邻居才抬上来。鸽子是真的不来了，虽然我觉得扫帚功劳更大。
> 石狮子要成双的，快给它配一个。
> 下雨会返潮吗？想给老家也请一尊。

@ home article hand-trowel tulip-pot assorted-succulents / hand-trowel:commission tulip-pot:commission
小户型换盆，地板一点不脏
一、报纸打底，托盘在上，花盆最上，顺序别反。
二、前一天浇水，当天千万别浇。
三、铲子贴边插下去，转一转，提起来。
四、新盆只比旧盆大两指。

二十分钟，扫一次地，收工。#养花教程
> 前一天浇水！我当天浇，满手泥浆的答案找到了。
> 收藏了，周末动手。

@ food experience tulip-pot / hand-trowel:none
花盆里种香菜，三周吃上
郁金香谢了，盆空着。撒籽，盖一指土，放东窗。
现在每周剪两次，下面条的时候直接去阳台掐，超市那把蔫的再也没买过。#阳台菜园
> 东窗对，我放南窗直接抽薹了。
> 香菜党集合！

@ food mood wooden-side-desk
周日的吐司，和一张空桌子
黄油、收音机、没放手机。
原来一张桌子空着的时候，能装下这么多东西。
> 像一首诗。
> 请问桌上那盆是吊兰吗？好衬。

@ food experience instant-camera modern-cafe-chair / instant-camera:bought
我们给咖啡馆打分，写在拍立得白边上
一家一张，已经十一张了，贴在冰箱门上。
难吃的那家反而笑得最多。#探店
> 想看最难吃的那张！
> 相纸钱比咖啡贵吧哈哈。

@ food question wooden-stool
吧台 92 公分，凳子到底买多高？
看中的太矮，够高的太丑。大家膝盖留多少空？
> 坐面到台面 25 到 28 公分最舒服。
> 买高的，锯腿。量三遍再锯。

@ food article compact-digital-camera wooden-side-desk / compact-digital-camera:commission
拍饭不招人烦的三条规矩
坐窗边，关顶灯。
相机放在盘子旁边，不要站起来俯拍。
最多三张，放下，吃。热的饭比暖的色调重要。#拍照技巧
> “最多三张，放下，吃”，转给我对象。
> 求焦段！

@ travel experience tent hand-trowel / tent:commission
连下四天雨，睡袋是干的
我犟，把帐篷搭在坡上，水从底下走了，没进来。
压胶没问题。拉链拐角有一颗牙老卡，去年也卡。#露营 #雨天
> 拉链抹点蜡烛，立竿见影。
> 一个人搭要多久？

@ travel question tent
双人帐真的够两个人睡吗？
我俩都一米八，有一个睡觉踢人。包放车里。请说实话。
> 感情好就够。
> 买三人的，听我的，别问我怎么知道的。

@ travel experience compact-slr-camera camera-lens / camera-lens:commission
十天北欧，只带一只镜头
骂过它两次，一次看鲸鱼，一次在小教堂。
剩下的时间，我看得比以前多。#一机一镜
> 看鲸鱼那次是够不着吧？
> 一只镜头治好了我的选择困难。

@ travel experience instamatic-camera / instamatic-camera:bought
一百多块的相机，十二张，一座岛
没有屏幕，不能重来，于是学会了等：等船，等猫，等补网的老人抬头。
洗出来九张，每一张我都背得下来。#胶片
> 想看补网的老人。
> 现在哪里还能冲这种卷？

@ travel mood road-bike
早饭前骑了六十公里
路上一个人也没有，除了一只睡过头的黄鼠狼。
快是快不起来了，但刚好到了肯停下来看风景的年纪。
> 睡过头的黄鼠狼可还行。
> 求路线！想带我爸去。

@ travel experience road-bike / road-bike:paid
试骑一周公路车，先说：这是付费体验
车是店里借的，也付了我稿费，大家自己掂量。
爬坡像风筝，石板路像打字机。山里我会买，城里我不会。
> 第一句就说是付费的，关注了。
> “石板路像打字机”哈哈哈画面感。

@ travel article tripod twin-lens-camera / tripod:commission
扔过三只三脚架之后，我留下了这只
标准很低：咖啡桌上站得住，大衣口袋装得下，丢在火车上不心疼。
它都做到了。长镜头别往上架，它真的撑不住。#旅行装备
> 沙滩上稳吗？
> 丢在火车上不心疼，太真实了。

@ travel question compact-digital-camera instamatic-camera
给讨厌相机的妈妈买哪台？
她想记住旅行，不想学菜单。一个键，大屏幕，她会摔一次。
> 拍立得，她能攥在手里。
> 说真的，手机就好，教她双击就行。

@ clothing experience allstar-sneakers / allstar-sneakers:commission
同一双帆布鞋，穿了三个夏天
第一个夏天磨脚，第二个刚好，第三个小脚趾顶出个洞。
看都没看别的，原样又下了一单。#百搭
> 小脚趾：我赢了。
> 大半码第一个夏天就不磨了。

@ clothing experience hi-top-basketball-shoe / hi-top-basketball-shoe:commission
小白鞋怎么一直白：五分钟的事
洗洁精、温水、旧牙刷。晾的时候里面塞纸，千万别放暖气上。
每周看新闻的时候刷一次，新闻越气人，鞋越白。#洗鞋
> 新闻越气人鞋越白，笑死。
> 塞纸！我就是少了这一步，总发黄。

@ clothing unboxing pureboost-running-shoe / pureboost-running-shoe:gift
店家送我一双跑鞋，可我不跑步
先说明是送的。我穿着它走了十二公里：菜市场、博物馆、天桥。
膝盖说谢谢。步，还是不跑。
> 膝盖不会说谎。
> 就爱看这种大实话。

@ clothing question freerun-running-shoe runx-running-shoe
跑鞋要买大半码，是真的吗？
都这么说，可我脚窄，后跟会掉。一周三次，每次不超过八公里。
> 最长的脚趾前留一个拇指宽，就看这个。
> 脚窄别加码，换个系鞋带的法子。

@ clothing experience runx-running-shoe skipping-rope / runx-running-shoe:bought skipping-rope:none
给不喜欢荧光色的人
满墙跑鞋都在喊，只有这双小声说话。
白天穿去上班没人发现，六点我已经在江边了。#通勤穿搭
> 终于！为什么都要荧光绿。
> 湿树叶上打滑吗？

@ clothing complaint ultraboost-running-shoe / ultraboost-running-shoe:bought
颜色一百分，鞋带零分
老松，专松左脚，专挑过马路的时候。
后来花十块钱换了扁鞋带，现在是我最好的一双。
> 搜“跑者结”，打一次管一天。
> 吐槽还给解法，好评。

@ clothing mood allstar-sneakers cruiser-skateboard
十七岁的穿法，到今天没换
翻到老照片：同样的鞋，同样的头发，背倒是挺直了一点。
有些东西可以留着。
> 背挺直了怎么做到的，教教。
> 我也是，2003 年到现在。
`;
