/* What tools/assetc makes of static/. */
#include "viewc_kit.h"

#include <zlib.h>

#include "web/asset.h"

static const struct asset *find(const char *name)
{
    for (size_t i = 0; i < web_assets_n; i++)
        if (strcmp(web_assets[i].name, name) == 0)
            return &web_assets[i];
    fail_msg("no asset %s", name);
    return NULL;
}

static struct str bytes_of(const struct asset *asset)
{
    return (struct str){ (const char *)asset->bytes, asset->len };
}

static void addresses_carry_the_hash(void **state)
{
    (void)state;
    assert_int_equal(web_assets_n, 4);
    for (size_t i = 0; i < web_assets_n; i++) {
        const struct asset *asset = &web_assets[i];
        char url[100];
        assert_true(i == 0 || strcmp(web_assets[i - 1].name, asset->name) < 0);
        assert_int_equal(strlen(asset->hash), 32);
        snprintf(url, sizeof(url), "/static/%s", asset->path);
        assert_text(asset_url(asset->name), url);
        char short_hash[11];
        snprintf(short_hash, sizeof(short_hash), ".%.8s.", asset->hash);
        assert_non_null(strstr(asset->path, short_hash));
    }
}

static void styles_are_small_and_name_files_by_hash(void **state)
{
    (void)state;
    const struct asset *css = find("app.css");
    char want[300];
    snprintf(want, sizeof(want),
             ".a,.b{background : url(%s) no-repeat;content: \"/* kept */  x\";}"
             "@import url(\"/elsewhere.css\");.c .d>.e{color: red}",
             find("dot.svg")->path);
    assert_text(bytes_of(css), want);
    assert_string_equal(css->type, "text/css; charset=utf-8");
    assert_null(css->at);
}

static void manifests_name_files_by_hash(void **state)
{
    (void)state;
    const struct asset *manifest = find("manifest.webmanifest");
    char want[200];
    snprintf(want, sizeof(want),
             "{ \"name\": \"t\", \"icons\": [ { \"src\": \"/static/%s\" } ] }\n",
             find("dot.svg")->path);
    assert_text(bytes_of(manifest), want);
    assert_string_equal(manifest->at, "/manifest.webmanifest");
}

static void packed_forms_unpack_to_the_same(void **state)
{
    (void)state;
    int packed = 0;
    for (size_t i = 0; i < web_assets_n; i++) {
        const struct asset *asset = &web_assets[i];
        unsigned char out[4096];
        if (!asset->gzip)
            continue;
        packed++;
        z_stream z = { 0 };
        assert_int_equal(inflateInit2(&z, 15 + 16), Z_OK);
        memcpy(out + 2048, asset->gzip, asset->gzip_len);
        z.next_in = out + 2048;
        z.avail_in = (unsigned int)asset->gzip_len;
        z.next_out = out;
        z.avail_out = 2048;
        assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
        assert_int_equal(z.total_out, asset->len);
        assert_memory_equal(out, asset->bytes, asset->len);
        assert_true(asset->gzip_len < asset->len);
        inflateEnd(&z);
    }
    assert_true(packed > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(addresses_carry_the_hash),
        cmocka_unit_test(styles_are_small_and_name_files_by_hash),
        cmocka_unit_test(manifests_name_files_by_hash),
        cmocka_unit_test(packed_forms_unpack_to_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
