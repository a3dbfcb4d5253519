// A small PNG of one colour, made here so that tests need no file.

import zlib from 'node:zlib';

const table = Array.from({ length: 256 }, (_, n) => {
    let c = n;
    for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
    return c >>> 0;
});

function crc(bytes) {
    let c = 0xffffffff;
    for (const byte of bytes) c = table[(c ^ byte) & 0xff] ^ (c >>> 8);
    return (c ^ 0xffffffff) >>> 0;
}

function chunk(name, data) {
    const head = Buffer.alloc(4);
    head.writeUInt32BE(data.length);
    const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc(body));
    return Buffer.concat([head, body, sum]);
}

export function picture(width = 320, height = 400, [red, green, blue] = [40, 120, 80]) {
    const header = Buffer.alloc(13);
    header.writeUInt32BE(width, 0);
    header.writeUInt32BE(height, 4);
    header.set([8, 2, 0, 0, 0], 8); // 8 bits, RGB
    const row = Buffer.alloc(1 + 3 * width);
    for (let x = 0; x < width; x++) row.set([red, green, blue], 1 + 3 * x);
    const pixels = zlib.deflateSync(Buffer.concat(Array.from({ length: height }, () => row)));
    return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), chunk('IHDR', header),
        chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))]);
}

// Four colours, one in each quarter: red and green above, blue and yellow below.
export function quarters(width = 800, height = 1000) {
    const header = Buffer.alloc(13);
    header.writeUInt32BE(width, 0);
    header.writeUInt32BE(height, 4);
    header.set([8, 2, 0, 0, 0], 8);
    const row = (left, right) => {
        const bytes = Buffer.alloc(1 + 3 * width);
        for (let x = 0; x < width; x++) bytes.set(x < width / 2 ? left : right, 1 + 3 * x);
        return bytes;
    };
    const above = row([220, 30, 30], [30, 160, 60]), below = row([40, 60, 210], [240, 210, 40]);
    const rows = Array.from({ length: height }, (_, y) => (y < height / 2 ? above : below));
    return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), chunk('IHDR', header),
        chunk('IDAT', zlib.deflateSync(Buffer.concat(rows))), chunk('IEND', Buffer.alloc(0))]);
}

// A JPEG with the note that it lies on its side, as phones write them (EXIF orientation 6: the
// top of what was seen is on the right).
export function lying(jpeg) {
    const tiff = Buffer.from('49492a0008000000010012010300010000000600000000000000', 'hex');
    const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]);
    const head = Buffer.from([0xff, 0xe1, 0, 0]);
    head.writeUInt16BE(body.length + 2, 2);
    return Buffer.concat([jpeg.subarray(0, 2), head, body, jpeg.subarray(2)]);
}
