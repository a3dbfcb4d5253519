// Who lives in the demo. A line: handle | name | about | interests.
// `en` and `zh` are readers and authors; the later a name stands in its list,
// the later that person arrives.

const lines = (text) => text.trim().split('\n').map((line) => {
    const [handle, name, bio, interests] = line.split('|').map((part) => part.trim());
    return { handle, name, bio, interests: (interests ?? '').split(' ').filter(Boolean) };
});

export const english = lines(`
ada_sills     | Ada Sills      | North-facing windows and what survives in them.      | home beauty
marlow        | Marlow         | Film, ferries, bad coffee.                            | travel lifestyle
june_okafor   | June Okafor    | Two cats, one sofa, many opinions.                    | home baby
tom_berg      | Tom Berg       | Tall. Camps in the rain on purpose.                   | travel food
priya_n       | Priya          | Cooks on a balcony of two square metres.              | food home
hannah_w      | Hannah W.      | Teacher. Letters, lamps, long walks.                  | home lifestyle
otis_lane     | Otis Lane      | Runs when nobody is looking.                          | clothing lifestyle
carmen_d      | Carmen Díaz    | Nurse, night shift, day plants.                       | beauty home
ben_ashe      | Ben Ashe       | Builds computers with his daughter.                   | lifestyle baby
leonie        | Léonie         | Cafés, chairs, cake. In that order.                   | food home
samir_k       | Samir          | Repairs cameras, keeps the best ones.                 | lifestyle travel
greta_h       | Greta          | White shoes and how to keep them so.                  | clothing beauty
wes_arden     | Wes Arden      | Boxing for beginners, politely.                       | lifestyle clothing
mina_roth     | Mina Roth      | A small person has moved in. Tired, happy.            | baby home
jo_finch      | Jo Finch       | Choir, tablet, tea.                                   | lifestyle food
ivy_castel    | Ivy Castel     | Fewer bottles, more sleep.                            | beauty lifestyle
rob_pell      | Rob Pell       | Bicycle, badly behaved knees.                         | travel clothing
nell_quick    | Nell Quick     | Learning to skate at forty-three.                     | lifestyle travel
dara_m        | Dara           | New here. Came for the cactus.                        | home food
ezra_vo       | Ezra Vo        | Photographs dinner, then eats it warm.                | food lifestyle
`);

export const chinese = lines(`
linxiaoman    | 林小满         | 北窗台上的植物观察员。                  | home beauty
azhe_film     | 阿哲           | 胶片，渡轮，难喝的咖啡。                | travel lifestyle
chen_miao     | 陈妙           | 两只猫，一张沙发，意见很多。            | home baby
dashan        | 大山           | 专挑下雨天露营。                        | travel food
zhouxiaochu   | 周小厨         | 两平米阳台，四季有菜。                  | food home
su_wan        | 苏晚           | 中学老师，写信，走路，看灯。            | home lifestyle
paobu_laoli   | 老李跑步       | 慢，但是每天。                          | clothing lifestyle
mumu_skin     | 木木           | 护士，夜班，白天养花。                  | beauty home
ahui_baba     | 阿辉爸爸       | 女儿手小，内存归她插。                  | lifestyle baby
tangtang_cake | 糖糖           | 咖啡馆、椅子、蛋糕，按这个顺序。        | food home
xiu_xiangji   | 修相机的老方   | 修好的都舍不得卖。                      | lifestyle travel
baixie        | 小白鞋         | 刷鞋治愈一切。                          | clothing beauty
quanji_xs     | 小舒学拳       | 打沙袋会说对不起。                      | lifestyle clothing
yoyo_mama     | 悠悠妈         | 家里新来了一位，困，开心。              | baby home
hechang_lan   | 兰姐           | 合唱团二声部，爱喝茶。                  | lifestyle food
jianjian      | 减减           | 瓶子少一点，觉多一点。                  | beauty lifestyle
qixing_wu     | 骑行的吴师傅   | 车好，膝盖不太好。                      | travel clothing
huaban43      | 四十三岁学滑板 | 目标：端一箱牛奶回家。                  | lifestyle travel
xinlai_d      | 新来的豆子     | 被一盆仙人掌带进来的。                  | home food
waipo_caipu   | 外婆的菜谱     | 拍手，不记克数。                        | food lifestyle
`);

// Suppliers share the catalogue by the second category of a product.
export const suppliers = [
    { handle: 'northlight', name: 'Northlight Electronics', bio: 'Screens, keys and cables. We answer within the day.', lang: 'en', categories: ['Computers'] },
    { handle: 'lanxiangguan', name: '蓝相馆', bio: '新旧相机，修好了才卖。', lang: 'zh', categories: ['Photo'] },
    { handle: 'openair', name: 'Open Air Sports', bio: 'Shoes, balls and tents, tried by us first.', lang: 'en', categories: ['Equipment', 'Footwear'] },
    { handle: 'muyuan_home', name: '木园家居', bio: '木头、布和会长大的东西。', lang: 'zh', categories: ['Plants', 'Furniture'] },
];

// Where parcels go.
export const streets = {
    en: [['14 Harbour Row', 'Bristol', 'BS1 4QA', 'GB'], ['220 Alder Street', 'Portland', '97205', 'US', 'Oregon'],
        ['7 Rue des Tanneurs', 'Lyon', '69005', 'FR'], ['31 Kauppakatu', 'Tampere', '33210', 'FI']],
    zh: [['中山北路 128 号 3 栋 502', '杭州', '310003', 'CN', '浙江'], ['玉林西街 6 号', '成都', '610041', 'CN', '四川'],
        ['鼓浪屿龙头路 21 号', '厦门', '361002', 'CN', '福建'], ['锡林郭勒北路 9 号', '呼和浩特', '010010', 'CN', '内蒙古']],
};
