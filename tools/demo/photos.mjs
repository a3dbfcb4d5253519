// The photos of the sample catalogue: product, where a pin belongs on it
// (thousandths of width and height), and what it shows, in both languages.

const lines = `
laptop|500 500|An open laptop glowing in the dark|黑暗里打开的笔记本电脑
tablet|520 550|A tablet and a white pencil on white boards|白木板上的平板和一支白笔
cordless-mouse|500 520|A grey cordless mouse on a white table|白桌上的灰色无线鼠标
32-inch-monitor|500 350|A large screen with a blue picture in a dark room|暗房间里的大屏幕，画面是蓝色的
curvy-monitor|450 350|A wide curved screen above a laptop|宽曲面屏，下面放着笔记本
high-performance-ram|500 500|A memory module, close up|内存条的特写
gaming-pc|450 500|A computer tower with green light inside|透着绿光的电脑机箱
hard-drive|500 500|An opened hard disk on grey|灰底上拆开的硬盘
clacky-keyboard|500 500|A keyboard with colourful keys|彩色键帽的键盘
ethernet-cable|450 450|The plug of a red network cable|红色网线的水晶头
usb-cable|500 500|A white cable on a white wall|白墙上的一根白色数据线
instant-camera|500 520|A white instant camera on a shelf|架子上的白色拍立得
camera-lens|380 400|A lens lying on a woven sofa|编织沙发上的一只镜头
vintage-folding-camera|420 750|An old folding camera with a flash|带闪光灯的老折叠相机
tripod|500 500|A camera on a small tripod in the dark|小三脚架上的相机，背景全黑
instamatic-camera|550 480|An old pocket camera in hard sunlight|强光下的老式傻瓜相机
compact-digital-camera|500 550|A black compact camera on old wood|旧木板上的黑色小相机
nikkormat-slr-camera|480 550|A film camera hanging from its strap|挂在背带上的胶片单反
compact-slr-camera|500 520|A silver camera in pink and blue light|粉蓝灯光里的银色相机
twin-lens-camera|480 500|A twin lens camera seen from above|从上面看的双反相机
road-bike|500 550|A black racing bicycle against a black wall|黑墙前的黑色公路车
skipping-rope|500 500|A yellow skipping rope on purple|紫底上的黄色跳绳
boxing-gloves|500 450|A pair of red boxing gloves on grey boards|灰木板上的一副红色拳套
tent|700 600|A yellow tent in a forest clearing|林间空地上的黄色帐篷
cruiser-skateboard|550 500|A red skateboard on a zebra crossing|斑马线上的红色滑板
football|400 500|A worn football on grass|草地上用旧了的足球
tennis-ball|420 400|A tennis ball and its shadow on a green court|绿色球场上的网球和影子
basketball|500 620|A basketball on the line of a red court|红色球场边线上的篮球
ultraboost-running-shoe|500 600|A blue and pink running shoe on a lit box|灯箱上的蓝粉色跑鞋
freerun-running-shoe|500 500|A black running shoe that seems to fly|像在飞的黑色跑鞋
hi-top-basketball-shoe|500 450|White high shoes on dark stone|深色石面上的白色高帮鞋
pureboost-running-shoe|500 600|A black and white knitted running shoe|黑白针织跑鞋
runx-running-shoe|500 550|A black running shoe with its lace in the air|鞋带扬起的黑色跑鞋
allstar-sneakers|500 500|Worn black canvas shoes on bamboo|竹席上穿旧了的黑色帆布鞋
spiky-cactus|480 500|A small cactus in a clay pot|红陶盆里的小仙人掌
tulip-pot|500 650|Red tulips in a yellow pot|黄色花盆里的红郁金香
hanging-plant|480 450|A plant spilling out of a hanging pot|从吊盆里垂下来的绿植
aloe-vera|480 600|A spiky green plant in a white pot|白盆里的尖叶绿植
fern-blechnum-gibbum|550 550|A green frond before an orange wall|橙色墙前的一枝绿叶
assorted-succulents|500 500|Eight small succulents seen from above|从上面看的八盆小多肉
orchid|500 500|An orchid with red flowers on a wooden table|木桌上开红花的兰花
bonsai-tree|500 450|A bonsai tree in a low grey pot|浅灰盆里的一株盆景
guardian-lion-statue|500 550|A stone lion at night|夜色里的石狮子
hand-trowel|600 500|A trowel and soil on a grey table|灰桌上的小铲子和泥土
balloon-chair|500 700|A white chair with a pink balloon tied to it|系着粉色气球的白椅子
grey-fabric-sofa|500 550|A grey sofa with turquoise cushions by a window|窗边的灰沙发和青绿靠垫
leather-sofa|500 550|A brown leather sofa before a bare wall|空墙前的棕色皮沙发
light-shade|350 550|A white lamp hanging before a teal wall|青色墙前垂着的白吊灯
wooden-side-desk|500 650|A plant on a long wooden table|长木桌上的一盆吊兰
comfy-padded-chair|500 550|A blue padded chair on a wooden floor|木地板上的蓝色软包椅
black-eaves-chair|450 500|A black chair with thin legs|细腿的黑椅子
wooden-stool|500 500|A plain wooden stool before a blue wall|蓝墙前的原木凳
bedside-table|600 550|A small white table with an alarm clock beside a bed|床边的白色小圆桌和闹钟
modern-cafe-chair|450 650|A yellow chair among grey ones|灰椅子中间的一把黄椅子
`;

export const photos = new Map(lines.trim().split('\n').map((line) => {
    const [slug, place, en, zh] = line.split('|');
    const [x, y] = place.split(' ').map(Number);
    return [slug, { slug, x, y, alt: { en, zh } }];
}));
