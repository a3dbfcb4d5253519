// Notes in Chinese, second half. See notes-en-1.mjs for the form.
export default `
@ lifestyle experience clacky-keyboard laptop / clacky-keyboard:commission
一到截稿日，邻居就知道
这键盘响，是真响，也是真过瘾。垫了块毛毡之后，楼下阿姨又跟我打招呼了。#书桌
> 什么轴？我那把号称静音，骗人。
> 毛毡救了邻里关系。

@ lifestyle article laptop 32-inch-monitor cordless-mouse / 32-inch-monitor:commission cordless-mouse:bought
两个人轮流用一张桌子，怎么不吵架
上午归她，下午归我。只有一根线要拔，墙上画了屏幕的高度，鼠标她左我右。
最后救了我们的一条：用完清空。
> “用完清空”适用于一切共享物品。
> 椅子高度怎么办？

@ lifestyle experience curvy-monitor wooden-side-desk / curvy-monitor:bought
曲面屏用一个月：先晕，后真香
其实就晕了三天。现在看平的反而觉得鼓出来。
做长表格舒服，写字没差别。很宽，桌子量两遍再下单。
> 鼓出来！我还以为只有我这样。
> 画画适合吗？

@ lifestyle question hard-drive usb-cable
十年的照片，你们都存哪儿？
我只有一块盘。我知道。请用“我真的会照做”的说法教我。
> 两块盘，一块放你姐家，过生日时换。
> 这周日先拷一份，别的以后再说。

@ lifestyle experience hard-drive / hard-drive:commission
照做了：两块盘，一块在我姐家
谢谢评论区的各位。每周日拷一份，生日的时候换着放。
花了一个下午，睡觉都踏实了。#备份
> 陌生人，为你骄傲。
> 生日换盘联盟 +1。

@ lifestyle experience tablet / tablet:commission
合唱团的谱子，终于不用夹子了
四十斤纸变成一块板，脚踏一下就翻页。
亮度要调到四分之一，不然后排都在看你的脸。
> 踏板是哪种？
> 排练三小时电够吗？

@ lifestyle complaint ethernet-cable / ethernet-cable:bought
网线没毛病，卡扣有毛病
一个月断了第三个小舌头。网是通的，猫走过就掉。
> 买带橡胶护套的，卡扣不会翘。
> 猫才是你家的网管。

@ lifestyle experience gaming-pc high-performance-ram / high-performance-ram:bought gaming-pc:none
跟九岁的女儿一起装了台电脑
内存是她插的，因为她手小。她问为什么要发光，我答不上来。
第二次就点亮了，第一次是忘了开后面的开关。#亲子
> 为什么要发光，真是好问题。
> 后面那个开关，人人都要忘一次。

@ lifestyle need usb-cable
求一根扛得住中学生的线
预算好说，耐心没了。要跟钥匙和小号住一个书包。
> 编织的，短的，买两根。
> 小号才是重点吧。

@ lifestyle experience vintage-folding-camera / vintage-folding-camera:none
爷爷的折叠相机，又响了
跟店里这台是同一款，才敢拿出来晒。换了皮腔，滴了点油，
第一张拍的是他种的那院子菜。
> 不是我哭，是洋葱。
> 请问皮腔找谁换的？

@ lifestyle article nikkormat-slr-camera camera-lens tripod / nikkormat-slr-camera:commission tripod:commission
第一台胶片机，看五个地方
快门拨到一秒，跟着数。海绵掉黑渣，要换。镜头对着灯，起雾不要。电池仓发绿，要时间和醋。
最后拿在手里：舍不得放下的，就是它。#胶片入门
> 只有最后一条是真的。
> 电池仓发绿用柠檬汁也行。

@ lifestyle experience twin-lens-camera / twin-lens-camera:bought
对着一只盒子，人笑得不一样
你低头看，不盯着他。没人会对着头顶摆姿势。
最不爱拍照的大舅，现在有三张了。
> 想看大舅。
> 腰平取景真的会改变拍照的人。

@ lifestyle experience skipping-rope boxing-gloves / skipping-rope:commission boxing-gloves:none
五十块一根绳，停车场就是健身房
退了年卡，绳子放大衣兜里。跳三首歌，多了没有。
鸽子已经开始跟着数了。#运动
> 以歌计时，好方法。
> 我的脚踝：一首都不行。

@ lifestyle experience boxing-gloves / boxing-gloves:bought
社恐学拳击
前四节课每打一下都跟沙袋说对不起。
手套硬两个星期，然后就认你了。绑手带比手套要紧，大家都这么说，我也这么说。
> 我跟门都说对不起。
> 打完怎么晾？求方法。

@ lifestyle mood football
下雨，九个打十一个，赢了
我们是九个的那边。没人知道怎么赢的。耳朵里还有草。
> 耳朵里的草就是奖牌。
> 周四再来一场？

@ lifestyle experience basketball hi-top-basketball-shoe / basketball:commission
早上七点，面包房后面的球场
只有面包房家的儿子和我。他十一岁，专从左边过我。
球有一面磨光了，大概就是我出手的那面。
> 是室外球吗？我的一个月就掉皮了。
> 被十一岁过的人握个手。

@ lifestyle question tennis-ball
网球打几周就该换？
一周一次，打得不好。搭档说四周，我说怪人不怪球。
> 严格说两次就该换，没人这么严格。
> 换下来给狗，不浪费。

@ lifestyle experience cruiser-skateboard / cruiser-skateboard:gift
四十三岁学滑板
板是妹妹送的，淤青是自己挣的。
六周以后，可以滑去小卖部，再端一箱牛奶回来。我要的就这么多。
> 端牛奶是毕业考试。
> 护腕戴了吗！

@ baby experience instant-camera bedside-table / instant-camera:commission
每月一张拍立得，同一条小毯子
十二张挂成一串，最先看出长大的是脚。
后悔没把体重写在白边上。#宝宝第一年
> 最先看出来的是脚，戳到我了。
> 预产期周五，这就学起来！

@ baby question grey-fabric-sofa
什么沙发扛得住娃和酸奶？
套子要能拆，角要圆，颜色最好就叫“酸奶色”。
> 能拆洗是底线。
> 灰色什么都藏得住，除了葡萄干。

@ baby experience grey-fabric-sofa bedside-table / grey-fabric-sofa:bought
酸奶报告：灰沙发一个月后
套子三十度洗了九回。开过一道线，商家寄来同色线，还手写了道歉信。
还是软的，还是灰的。
> 手写道歉信，这店可以。
> 九回还这样，下单了。

@ baby article light-shade bedside-table comfy-padded-chair / comfy-padded-chair:commission
喂奶角落，按用处排个序
第一，托得住胳膊肘的椅子。第二，一根手指能调暗的灯。第三，另一只手够得着的水杯。
其他买的，后来都送人了。#新手妈妈
> “另一只手”，没人提醒过我！
> 胳膊肘，对，胳膊肘。

@ baby mood hanging-plant
她会说“叶叶”了
说的是床头那盆。然后勺子也是叶叶，猫也是叶叶，我也是。
> 欢迎来到叶叶的世界。
> 我当过一个月的“灯灯”。

@ baby complaint light-shade / light-shade:none
灯很美，开关像放枪
好不容易睡着，踮脚去关灯，咔，醒了。花几十块换了个调光的。
设计灯的人，家里没有宝宝吧？
> 智能插座就是为这一刻发明的。
> 开关下面贴块毛毡，亲测有用。

@ beauty experience orchid bedside-table / orchid:none
洗手台只留三样
一块皂，一瓶霜，一盆爱蒸汽的兰花。送走十一瓶，皮肤毫无察觉。#精简护肤
> 活下来的是哪瓶霜？
> 兰花放浴室，太会了。

@ beauty question aloe-vera
芦荟用盆里的还是瓶里的？
瓶子成分表四十行，芦荟排第九。盆里的有人会痒。剃完胡子你们用什么？
> 盆里的，先在胳膊内侧试。
> 药店那种瓶的，盆里的我过敏。

@ beauty article aloe-vera assorted-succulents / aloe-vera:commission
长得像芦荟的，不都能上脸
真芦荟：莲座状，边上小齿，胶是透明的。十二卷：一粒粒白点，太小。龙舌兰：会灼伤。
标签上只写“多肉”的，请让它待在窗台上。#护肤避坑
> 照片里是十二卷吧？眼尖的我。
> 差点用了龙舌兰，救命之恩。

@ beauty experience tulip-pot / tulip-pot:commission
一盆郁金香，十分钟，什么也不涂
手机放外面，洗把脸，在会开花的东西旁边坐一会儿。
没有哪瓶东西比得上这安静的十分钟，花只是帮我坐得住。
> 十分钟处方，收到。
> 盆的颜色好治愈。

@ beauty mood twin-lens-camera
老相机给我拍了张脸
那台机器比我俩加起来都老。没有滤镜，洗出来我认了一会儿。
下巴原来像姑姑。
> 这才是看见自己。
> 还想看更多人像。

@ food complaint modern-cafe-chair / modern-cafe-chair:none
致那家椅子特别好看的咖啡馆
蛋糕是梦做的，椅子是滑梯做的。求一个坐垫。
> 知道你说哪家，柠檬蛋糕对不对！
> 滑梯做的，笑到邻座看我。

@ food unboxing aloe-vera hand-trowel
一箱厨房植物，活下来的有谁
薄荷：当然。罗勒：没有。芦荟：好得很，因为我老烫手。小葱：猫。
> “小葱：猫”，请展开讲讲。
> 罗勒五月再种，怕冷。

@ travel experience nikkormat-slr-camera allstar-sneakers / nikkormat-slr-camera:commission allstar-sneakers:none
卧铺、一卷胶片、帆布鞋
两座城之间三十六张，同一扇窗拍了九张。
鞋不适合雪，适合其余的一切。#绿皮火车
> 同一扇窗九张，正确的数量。
> 哪趟车呀？想坐。

@ travel need tripod
求个风里架得住手机的东西
在山上的小屋给外婆打视频用，不能比一个饭团重。
> 一袋米，就是跟饭团一样重。
> 桌面三脚架，上面压块石头。

@ lifestyle experience compact-slr-camera / compact-slr-camera:employee
我就是卖相机的，跟朋友我这么说
标签写着呢，我在店里上班。喜欢拨盘就买，想塞裤兜就别买。
银色那款更讨人笑，真的。
> 你自己用哪台？说实话。
> “更讨人笑”也是参数。

@ home experience fern-blechnum-gibbum hanging-plant / fern-blechnum-gibbum:commission
被我忘了一个长假的蕨，原谅我了
枯到脚脖子。全剪了，道了歉，坐盆吸水，四个星期卷出五片新叶。#养花
> 坐盆吸水也救过我家那盆。
> 植物听得懂道歉的。

@ home mood leather-sofa
搬家第一晚，只有沙发，没有窗帘
说话有回声。我们靠着它坐在地上吃饭，分好了谁用哪个柜子。
希望以后记得的是这个，不是那堆箱子。
> 会记得的，记得的都是回声。
> 恭喜乔迁！窗帘不急。

@ food experience compact-digital-camera modern-cafe-chair / compact-digital-camera:bought
跟着外婆拍了一本菜谱
她不说几克，说“抓一把”。我就拍她的手。
三十一道菜，三十一双手，不用写字了。#家的味道
> 拍手！天才。
> “抓一把”是世上最准的秤。

@ travel experience cruiser-skateboard football / cruiser-skateboard:commission football:none
海边小城三天，没打过一次车
一块板，一双帆布鞋，坡陡就走。第二天跟当地小孩踢了场球，输了一支冰棍。#慢旅行
> 输一支冰棍太划算了。
> 是哪座小城？

@ lifestyle article instant-camera hard-drive tablet / instant-camera:commission hard-drive:commission
家里的照片，一年整理一次就够
春节那天，全家一人挑十张，印出来的进相册，其余进硬盘，重复的删。
两个小时，吵三次，笑二十次。#整理
> 一人十张这个规矩好，今年就办。
> 吵三次哈哈哈，我家要吵八次。
`;
