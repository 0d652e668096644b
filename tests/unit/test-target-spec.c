/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "engine/targets/road-target-spec.h"

#include <string.h>

#include "engine/base/road-error.h"
#include "engine/targets/road-target-spec-private.h"

/* What can be typed, how many targets it is, and the first and the last of it; NULL for names. */
static const struct
{
  const char *text;
  guint64 n;
  const char *first;
  const char *last;
} good[] = {
  { "10.0.0.1", 1, "10.0.0.1", "10.0.0.1" },
  { "10.0.0.1,", 1, "10.0.0.1", "10.0.0.1" },
  { "10.0.0.1/32", 1, "10.0.0.1", "10.0.0.1" },
  { "10.0.0.77/24", 256, "10.0.0.0", "10.0.0.255" },
  { "10.1.2.3/9", 1 << 23, "10.0.0.0", "10.127.255.255" },
  { "10.0.0.0/8", 1 << 24, "10.0.0.0", "10.255.255.255" },
  { "1.2.3.4/0", G_GUINT64_CONSTANT (1) << 32, "0.0.0.0", "255.255.255.255" },
  { "10.0.0.1-5", 5, "10.0.0.1", "10.0.0.5" },
  { "10.0.0.-5", 6, "10.0.0.0", "10.0.0.5" },
  { "10.0.0.5-", 251, "10.0.0.5", "10.0.0.255" },
  { "10.0.0.-", 256, "10.0.0.0", "10.0.0.255" },
  { "10.0.0.*", 256, "10.0.0.0", "10.0.0.255" },
  { "10.0.*.1", 256, "10.0.0.1", "10.0.255.1" },
  { "*.*.*.*", G_GUINT64_CONSTANT (1) << 32, "0.0.0.0", "255.255.255.255" },
  { "10.0.0-3.*", 1024, "10.0.0.0", "10.0.3.255" },
  { "10.0.0-3.1,5,7-9", 20, "10.0.0.1", "10.0.3.9" },
  { "10.0.0.9,1,9,3-5,4", 5, "10.0.0.1", "10.0.0.9" },
  { "0.0.0.0,255", 2, "0.0.0.0", "0.0.0.255" },
  { "63,64,127,128,191,192.0.0.0", 6, "63.0.0.0", "192.0.0.0" },
  { "10.0.0.250-10.0.1.5", 12, "10.0.0.250", "10.0.1.5" },
  { "10.0.0.5-10.0.0.5", 1, "10.0.0.5", "10.0.0.5" },
  { "0.0.0.0-255.255.255.255", G_GUINT64_CONSTANT (1) << 32, "0.0.0.0", "255.255.255.255" },
  { "::1", 1, "::1", "::1" },
  { "[::1]", 1, "::1", "::1" },
  { "2001:DB8::1", 1, "2001:db8::1", "2001:db8::1" },
  { "2001:db8::77/120", 256, "2001:db8::", "2001:db8::ff" },
  { "[2001:db8::77]/120", 256, "2001:db8::", "2001:db8::ff" },
  { "2001:db8::1/65", G_GUINT64_CONSTANT (1) << 63, "2001:db8::", "2001:db8::7fff:ffff:ffff:ffff" },
  { "2001:db8::1/64", G_MAXUINT64, "2001:db8::", "2001:db8::ffff:ffff:ffff:fffe" },
  { "::/0", G_MAXUINT64, "::", "::ffff:ffff:ffff:fffe" },
  { "fe80::1%lo", 1, "fe80::1%lo", "fe80::1%lo" },
  { "[fe80::1%1]", 1, "fe80::1%lo", "fe80::1%lo" },
  { "fe80::1%lo/126", 4, "fe80::%lo", "fe80::3%lo" },
  { "::ffff:10.0.0.1", 1, "10.0.0.1", "10.0.0.1" },
  { "::ffff:10.0.0.1/120", 256, "10.0.0.0", "10.0.0.255" },
  { "::ffff:0:0/96", G_GUINT64_CONSTANT (1) << 32, "0.0.0.0", "255.255.255.255" },
  { "::ffff:0:0/95", G_GUINT64_CONSTANT (1) << 33, "::fffe:0:0", "::ffff:255.255.255.255" },
  { "localhost", 1, NULL, NULL },
  { "example.com.", 1, NULL, NULL },
  { "a_b.example", 1, NULL, NULL },
  { "_http._tcp.example", 1, NULL, NULL },
  { "1-2.3x", 1, NULL, NULL },
  { "x", 1, NULL, NULL },
  { "r3---sn-4g5e-.example", 1, NULL, NULL },
  { "bücher.example", 1, NULL, NULL },
  { "例え.テスト", 1, NULL, NULL },
  { "例え。テスト", 1, NULL, NULL },
  { "example.com/24", 256, NULL, NULL },
  { "example.com/0", G_GUINT64_CONSTANT (1) << 32, NULL, NULL },
  { "example.com/120", 256, NULL, NULL },
  { "example.com/64", G_MAXUINT64, NULL, NULL },
  { "http://example.com", 1, NULL, NULL },
  { "https://me:secret@example.com:8443/a/b?c=d@e#f", 1, NULL, NULL },
  { "ssh://a@b@example.com:22", 1, NULL, NULL },
  { "http://example.com:", 1, NULL, NULL },
  { "http://example.com?a:80", 1, NULL, NULL },
  { "http://10.0.0.1:80/24", 1, "10.0.0.1", "10.0.0.1" },
  { "http://[2001:db8::1]:80/", 1, "2001:db8::1", "2001:db8::1" },
  { "http://[2001:db8::1]", 1, "2001:db8::1", "2001:db8::1" },
  { "localhost/", 1, NULL, NULL },
  { "10.0.0.1/", 1, "10.0.0.1", "10.0.0.1" },
  { "10.0.0.1-3/", 3, "10.0.0.1", "10.0.0.3" },
  { "::1/", 1, "::1", "::1" },
  { "[::1]/", 1, "::1", "::1" },
  { "localhost 10.0.0.0/24, ::1\n", 258, NULL, NULL },
  { "localhost , ::1", 2, NULL, NULL },
  { "192.168.1.1, nas.lan", 2, NULL, NULL },
  { "192.168.1.1,nas.lan", 2, NULL, NULL },
  { "nas,web.example,::1,[::2],fe80::1%lo,10.0.0.0/24", 261, NULL, NULL },
  { "192.168.1.1,192.168.1.7", 2, NULL, NULL },
  { "192.168.1.1,3,192.168.2.7-9,nas", 6, NULL, NULL },
  { "10.0.0,1.5,10.0.0.7", 3, NULL, NULL },
  { "10.0.0.0/24,10.0.1.0/24,nas/24", 768, NULL, NULL },
  { "10.0.0.1-10.0.0.5,10.0.1.1", 6, NULL, NULL },
  { "http://one/a,b", 1, NULL, NULL },
  { "nas,http://one/a,b,c.example", 2, NULL, NULL },
  { "localhost\xc2\xa0::1", 2, NULL, NULL },
  { "::/0 10.0.0.1 10.0.0.2", G_MAXUINT64, NULL, NULL },
};

/* What cannot, the column of the fault, and what the message has to say. */
static const struct
{
  const char *text;
  guint column;
  const char *word;
} bad[] = {
  { "", 1, "192.168.1.0/24" },
  { " \t\n", 1, "192.168.1.0/24" },
  { ",", 1, "192.168.1.0/24" },
  { "10.0.0.300", 8, "“300” is too large: IPv4 numbers go up to 255" },
  { "10.0.0.1 10.256.0.1", 13, "“256”" },
  { "10.0.0.1-256", 10, "“256”" },
  { "10.0.0.1,2,999", 12, "“999”" },
  { "10.0.0.99999999999999999999", 8, "too large" },
  { "10.0.0.01", 8, "“01”" },
  { "010.0.0.1", 1, "“010”" },
  { "10.0.0", 1, "“10.0.0”" },
  { "10.0", 1, "four numbers" },
  { "10", 1, "four numbers" },
  { "localhost 10", 11, "“10”" },
  { "-", 1, "four numbers" },
  { "*", 1, "four numbers" },
  { "10.0.0.1.5", 9, "four numbers" },
  { "10..0.1", 4, "missing" },
  { ".10.0.0", 1, "missing" },
  { "10.0.0.", 8, "missing" },
  { "10.0.0.1,,", 10, "missing" },
  { "10.0.0.,5", 8, "missing" },
  { "10.0.0.5-1", 8, "1-5" },
  { "10.0.0.1-2-3", 10, "“2-3”" },
  { "10.0.0.1*", 8, "“1*”" },
  { "10.0.0.**", 8, "“**”" },
  { "10.0.0.*-5", 8, "“*”" },
  { "10.0.0.1-10.0.0.2,5", 12, "four numbers" },
  { "10.0.0.1,,10.0.0.2", 10, "missing" },
  { "10.0.0.1,nas,7", 14, "four numbers" },
  { "a.example,,b.example", 10, "“,”" },
  { "10.0.0.9-10.0.0.1", 1, "lower address" },
  { "10.0.0.9-10.0.0.256", 17, "“256”" },
  { "10.0.0.1/33", 10, "“/33”" },
  { "10.0.0.1/-1", 10, "“/-1”" },
  { "10.0.0.1/24/24", 10, "“/24/24”" },
  { "10.0.0.0/255.255.255.0", 10, "“/255.255.255.0”" },
  { "10.0.0.1-5/24", 1, "“10.0.0.1-5”" },
  { "10.0.0/24", 1, "“10.0.0”" },
  { "10.0.0.1:80", 9, "“:80”" },
  { "localhost:80", 10, "“:80” is not allowed here: ports" },
  { "10.0.0.1 localhost:ssh", 19, "“:ssh”" },
  { "[::1]:80", 6, "“:80”" },
  { "[::1", 1, "closed" },
  { "[::1]x", 6, "prefix length" },
  { "[10.0.0.1]", 2, "“10.0.0.1” is not an IPv6 address" },
  { "[]", 2, "IPv6" },
  { "[::1]/129", 7, "“/129”" },
  { "::1/129", 5, "/0 to /128" },
  { "::1::", 1, "“::1::”" },
  { "2001:db8::g", 11, "“2001:db8::g”" },
  { "2001:db8::12345", 1, "IPv6" },
  { "http::80", 1, "IPv6" },
  { ":::", 1, "IPv6" },
  { "fe80::1", 1, "fe80::1%eth0" },
  { "fe80::/64", 1, "fe80::1%eth0" },
  { "fe80::1%no-such-if", 8, "“%no-such-if”" },
  { "fe80::1%", 8, "“%”" },
  { "::1%lo", 4, "link-local" },
  { "fe80::x%lo", 1, "“fe80::x”" },
  { "a..b", 3, "before this dot" },
  { ".a", 1, "before this dot" },
  { ".", 1, "missing" },
  { "exa mple !", 10, "“!”" },
  { "münchen exa!mple", 12, "“!”" },
  { "a@b", 2, "“@”" },
  { "*.example.com", 1, "“*”" },
  { "a,, b", 2, "“,”" },
  { "10.0.0.1–5", 9, "“–”" },
  { "“localhost”", 1, "cannot be in a host name" },
  { "# comment", 1, "“#”" },
  { "-sS", 1, "begin with “-”" },
  { "/24", 1, "missing before" },
  { "example.com/path", 13, "“/path”" },
  { "example.com/129", 13, "“/129”" },
  { "http://", 8, "no host" },
  { "http://:80/", 8, "no host" },
  { "http:///path", 8, "no host" },
  { "http://me@/", 11, "no host" },
  { "http://10.0.0.300/", 15, "“300”" },
  { "http://exa!mple/", 11, "“!”" },
  { "http://one:65536/", 12, "“65536” is not a port" },
  { "10.0.0.1 http://one:0/", 21, "“0” is not a port" },
  { "http://one:80x/", 12, "“80x” is not a port" },
  { "https://[::1]:http/", 15, "“http” is not a port" },
  { "http://2001:db8::1:80/", 8, "brackets" },
  { "http://::1/", 8, "brackets" },
  { "/", 1, "missing before" },
  { "10.0.0.1//", 10, "is not a prefix length" },
  { "10.0.0.1\x1b[2J", 9, "\\027" },
  { "http://[::1/", 8, "closed" },
  { "localhost \xff", 11, "UTF-8" },
  { "ü \xc3", 3, "UTF-8" },
};

static RoadTargetSpec *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  RoadTargetSpec *spec = road_target_spec_parse (text, &error);

  if (error != NULL)
    g_error ("“%s”: %s", text, error->message);
  return spec;
}

static void
assert_nth (RoadTargetSpec *spec, guint64 n, const char *expected)
{
  guint n_items;
  const RoadTargetItem *items = road_target_spec_get_items (spec, &n_items);
  RoadAddress address;
  g_autofree char *string = NULL;

  g_assert_cmpuint (n_items, ==, 1);
  road_target_item_get_nth (&items[0], n, &address);
  string = road_address_to_string (&address);
  g_assert_cmpstr (string, ==, expected);
}

/* Targets that were typed would not be scanned, or others would. */
static void
test_parse (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (RoadTargetSpec) spec = parse (good[i].text);
      g_autofree char *stripped = g_strstrip (g_strdup (good[i].text));

      g_assert_cmpuint (road_target_spec_get_n_targets (spec), ==, good[i].n);
      g_assert_cmpstr (road_target_spec_get_text (spec), ==, stripped);
      if (good[i].first != NULL)
        {
          assert_nth (spec, 0, good[i].first);
          assert_nth (spec, good[i].n - 1, good[i].last);
        }
    }
}

/* A mistake would be scanned as something else, or the message would point at the wrong place. */
static void
test_parse_bad (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      if (road_target_spec_parse (bad[i].text, &error) != NULL)
        g_error ("“%s” was taken for targets", bad[i].text);
      g_assert_error (error, ROAD_ERROR, ROAD_ERROR_SYNTAX);
      if (road_error_get_column (error) != bad[i].column)
        g_error ("“%s”: the fault is in column %u and not %u: %s", bad[i].text, bad[i].column,
                 road_error_get_column (error), error->message);
      g_assert_cmpuint (road_error_get_line (error), ==, 0);
      if (strstr (error->message, bad[i].word) == NULL)
        g_error ("“%s”: nothing of %s in: %s", bad[i].text, bad[i].word, error->message);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      g_assert_null (road_target_spec_parse (bad[i].text, NULL));
    }
}

/* The host of a URL or the name with a prefix would be looked up with something attached. */
static void
test_names (void)
{
  static const struct
  {
    const char *text;
    const char *name;
    int prefix;
  } names[] = {
    { "localhost", "localhost", -1 },
    { "Example.COM./24", "Example.COM.", 24 },
    { "bücher.example", "bücher.example", -1 },
    { "https://me:secret@example.com:8443/a/b?c=d@e#f", "example.com", -1 },
    { "ssh://a@b@example.com:22", "example.com", -1 },
    { "http://example.com:", "example.com", -1 },
    { "http://example.com?a:80", "example.com", -1 },
    { "http://example.com#a/b", "example.com", -1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (RoadTargetSpec) spec = parse (names[i].text);
      guint n_items;
      const RoadTargetItem *items = road_target_spec_get_items (spec, &n_items);

      g_assert_cmpuint (n_items, ==, 1);
      g_assert_cmpint (items[0].kind, ==, ROAD_TARGET_NAME);
      g_assert_cmpstr (items[0].u.name.text, ==, names[i].name);
      g_assert_cmpint (items[0].u.name.prefix, ==, names[i].prefix);
    }
}

/* A name that cannot exist would be sent to the name server, or one that can be refused. */
static void
test_name_lengths (void)
{
  g_autofree char *label = g_strnfill (63, 'a');
  g_autofree char *long_label = g_strnfill (64, 'a');
  g_autofree char *longest = g_strdup_printf ("%s.%s.%s.%.61s", label, label, label, label);
  g_autofree char *absolute = g_strconcat (longest, ".", NULL);
  g_autofree char *too_long = g_strconcat (longest, "a", NULL);
  g_autofree char *bad_label = g_strdup_printf ("x.%s.example", long_label);
  g_autoptr (RoadTargetSpec) good_spec = parse (longest);
  g_autoptr (RoadTargetSpec) absolute_spec = parse (absolute);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (strlen (longest), ==, 253);
  g_assert_cmpuint (road_target_spec_get_n_targets (good_spec), ==, 1);
  g_assert_cmpuint (road_target_spec_get_n_targets (absolute_spec), ==, 1);
  g_assert_null (road_target_spec_parse (too_long, &error));
  g_assert_nonnull (strstr (error->message, "253"));
  g_clear_error (&error);
  g_assert_null (road_target_spec_parse (bad_label, &error));
  g_assert_nonnull (strstr (error->message, "63"));
}

/* A pattern would scan its addresses twice or leave some out: compared with four loops. */
static void
test_patterns (void)
{
  for (int round = 0; round < 200; round++)
    {
      gboolean in[4][256] = { { FALSE } };
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (RoadTargetSpec) spec = NULL;
      guint64 n = 0;

      for (int octet = 0; octet < 4; octet++)
        {
          int n_parts = g_test_rand_int_range (1, 4);

          if (octet > 0)
            g_string_append_c (text, '.');
          for (int part = 0; part < n_parts; part++)
            {
              int first = g_test_rand_int_range (0, 256);
              int length = g_test_rand_int_range (0, 4);
              int last = MIN (first + length, 255);

              g_string_append_printf (text, part > 0 ? ",%d-%d" : "%d-%d", first, last);
              for (int value = first; value <= last; value++)
                in[octet][value] = TRUE;
            }
        }

      spec = parse (text->str);
      for (int a = 0; a < 256; a++)
        for (int b = 0; in[0][a] && b < 256; b++)
          for (int c = 0; in[1][b] && c < 256; c++)
            for (int d = 0; in[2][c] && d < 256; d++)
              {
                g_autofree char *expected = NULL;

                if (!in[3][d])
                  continue;
                /* Not every one is turned into text: there are millions. */
                if (n % 97 == 0)
                  {
                    expected = g_strdup_printf ("%d.%d.%d.%d", a, b, c, d);
                    assert_nth (spec, n, expected);
                  }
                n++;
              }
      g_assert_cmpuint (road_target_spec_get_n_targets (spec), ==, n);
    }
}

/* The length of a scan would be wrong by billions where a range crosses a network's border. */
static void
test_count (void)
{
  static const struct
  {
    const char *first;
    const char *last;
    guint64 n;
  } ranges[] = {
    { "10.0.0.255", "10.0.1.1", 3 },
    { "::ffff:ffff:ffff:ffff", "0:0:0:1::1", 3 },
    { "::1", "0:0:0:1::", G_MAXUINT64 },
    { "::1", "0:0:0:1::1", G_MAXUINT64 },
    { "::2", "0:0:0:1::", G_MAXUINT64 },
    { "::3", "0:0:0:1::", G_MAXUINT64 - 1 },
    { "::ffff:ffff:ffff:ffff", "0:0:0:2::", G_MAXUINT64 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ranges); i++)
    {
      RoadAddress first;
      RoadAddress last;
      RoadTargetItem item;

      g_assert_true (road_address_parse (&first, ranges[i].first));
      g_assert_true (road_address_parse (&last, ranges[i].last));
      road_target_item_init_range (&item, &first, &last);
      g_assert_cmpuint (item.n, ==, ranges[i].n);
    }
}

/* Somebody who scans their own network would be asked whether they may, or nobody would be asked who scans a
 * provider's. */
static void
test_public (void)
{
  static const struct
  {
    const char *targets;
    const char *excludes;
    guint64 n;
  } cases[] = {
    { "10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 127.0.0.0/8", NULL, 0 },
    { "169.254.0.0/16 100.64.0.0/10 192.0.2.0/24 198.51.100.0/24 203.0.113.0/24", NULL, 0 },
    { "198.18.0.0/15 224.0.0.0/4 255.255.255.255 0.0.0.0", NULL, 0 },
    { "fe80::%lo/64 fd00::/8 ::1 2001:db8::/32 ff02::1", NULL, 0 },
    { "nas.lan nas.lan/16 localhost", NULL, 0 },
    { "8.8.8.8", NULL, 1 },
    { "8.8.8.8 8.8.8.0/24 8.8.8.1-9", NULL, 256 },
    { "203.0.0.0/16", NULL, 65536 - 256 },
    { "203.0.0.0/16", "203.0.0.0/17", 32768 },
    { "172.16,31.0.*", NULL, 0 },
    { "172.15,16.0.0-255", NULL, 256 },
    { "172.32.0.0/12", NULL, 1 << 20 },
    { "2600::/112", NULL, 65536 },
    { "2600::/16", NULL, G_MAXUINT64 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RoadTargetSpec) targets = road_target_spec_parse (cases[i].targets, NULL);
      g_autoptr (RoadTargetSpec) excludes =
          cases[i].excludes != NULL ? road_target_spec_parse (cases[i].excludes, NULL) : NULL;

      g_test_message ("%s", cases[i].targets);
      g_assert_nonnull (targets);
      g_assert_cmpuint (road_target_spec_count_public (targets, excludes), ==, cases[i].n);
    }
}

/* The window would not offer to scan the port alone, or would offer another one. */
static void
test_split_port (void)
{
  static const struct
  {
    const char *text;
    const char *target;
    guint port;
  } cases[] = {
    { "nas:80", "nas", 80 },       { " 10.0.0.1:65535 ", "10.0.0.1", 65535 },
    { "[::1]:443", "[::1]", 443 }, { "nas", NULL, 0 },
    { "nas:", NULL, 0 },           { "nas:0", NULL, 0 },
    { "nas:65536", NULL, 0 },      { "nas:http", NULL, 0 },
    { "::1:80", NULL, 0 },         { "nas:80 web", NULL, 0 },
    { "nas:80,web", NULL, 0 },     { ":80", NULL, 0 },
    { "http://nas:80/", NULL, 0 }, { "a..b:80", NULL, 0 },
    { "10.0.0.0/24:80", NULL, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint16 port = 0;
      g_autofree char *target = road_target_split_port (cases[i].text, &port);

      g_assert_cmpstr (target, ==, cases[i].target);
      g_assert_cmpuint (port, ==, cases[i].port);
    }
}

/* A file of targets would be refused, or scanned with what is commented out. */
static void
test_lines (void)
{
  static const struct
  {
    const char *text;
    const char *targets;
  } files[] = {
    { "localhost", "localhost" },
    { "localhost\n10.0.0.1\n", "localhost 10.0.0.1" },
    { "\xef\xbb\xbf"
      "localhost\r\n10.0.0.1,\r\n\r\n",
      "localhost 10.0.0.1" },
    { "# all\n\n  localhost # here\n#10.0.0.1\n10.0.0.2#x\n  ::1 ,  ::2",
      "localhost 10.0.0.2 ::1 ::2" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RoadTargetSpec) spec = road_target_spec_parse_lines (files[i].text, &error);
      g_autoptr (RoadTargetSpec) again = NULL;

      g_assert_no_error (error);
      g_assert_cmpstr (road_target_spec_get_text (spec), ==, files[i].targets);
      again = parse (files[i].targets);
      g_assert_cmpuint (road_target_spec_get_n_targets (spec), ==,
                        road_target_spec_get_n_targets (again));
    }
}

/* In a file of a thousand lines nobody would find the one that is wrong. */
static void
test_lines_bad (void)
{
  static const struct
  {
    const char *text;
    guint line;
    guint column;
  } files[] = {
    { "", 0, 0 },
    { "\n# nothing\n\n", 0, 0 },
    { "10.0.0.300", 1, 8 },
    { "localhost\n  10.0.0.300\n", 2, 10 },
    { "localhost\r\nmünchen 10.0.0.300\r\n", 2, 16 },
    { "\xef\xbb\xbf"
      "10.0.0.300\n",
      1, 8 },
    { "# ü\n\n\nlocalhost:80 # ü\n", 4, 10 },
    { "localhost\n::1 \xff\n", 2, 5 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (road_target_spec_parse_lines (files[i].text, &error));
      g_assert_error (error, ROAD_ERROR, ROAD_ERROR_SYNTAX);
      g_assert_cmpuint (road_error_get_line (error), ==, files[i].line);
      g_assert_cmpuint (road_error_get_column (error), ==, files[i].column);
    }
}

/* A long list would freeze the window or be cut off. */
static void
test_many_lines (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (RoadTargetSpec) spec = NULL;
  gint64 start;

  for (guint i = 0; i < 100000; i++)
    g_string_append_printf (text, "10.%u.%u.%u\n", i >> 16, i >> 8 & 255, i & 255);
  start = g_get_monotonic_time ();
  spec = road_target_spec_parse_lines (text->str, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (road_target_spec_get_n_targets (spec), ==, 100000);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 10 * G_USEC_PER_SEC);
  g_test_message ("100,000 lines: %.0f ms", (double) (g_get_monotonic_time () - start) / 1000);
}

/* The port that somebody asks for would not be scanned. */
static void
test_ports (void)
{
  static const struct
  {
    const char *text;
    const char *ports;
  } table[] = {
    { "one http://one/ https://one:/ 10.0.0.1", NULL },
    { "http://one:8080/x", "8080" },
    { "https://[::1]:8443", "8443" },
    { "http://me:1@10.0.0.1:80/24 ssh://one:22?a:9 http://two:080", "22,80" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (RoadTargetSpec) spec = parse (table[i].text);
      g_autoptr (RoadTargetSpec) other = parse ("10.0.0.1");
      g_autoptr (RoadTargetSpec) joined = road_target_spec_join (other, spec);
      RoadTargetSpec *specs[] = { spec, joined };

      for (gsize j = 0; j < G_N_ELEMENTS (specs); j++)
        {
          RoadPortSet *ports = road_target_spec_get_ports (specs[j]);

          g_assert_cmpstr (ports != NULL ? road_port_set_get_text (ports) : NULL, ==,
                           table[i].ports);
        }
    }
}

/* A message would fill the screen with what was pasted by mistake. */
static void
test_long_excerpt (void)
{
  g_autofree char *text = g_strnfill (100000, '1');
  g_autoptr (GError) error = NULL;

  g_assert_null (road_target_spec_parse (text, &error));
  g_assert_cmpuint (strlen (error->message), <, 200);
}

/* Targets of a file and of the command line would not be scanned together. */
static void
test_join (void)
{
  g_autoptr (RoadTargetSpec) a = parse (" localhost/24 10.0.0.1,3");
  g_autoptr (RoadTargetSpec) b = parse ("::1 ");
  g_autoptr (RoadTargetSpec) joined = road_target_spec_join (a, b);
  guint n_items;

  g_clear_pointer (&a, road_target_spec_unref);
  g_assert_cmpstr (road_target_spec_get_text (joined), ==, "localhost/24 10.0.0.1,3 ::1");
  g_assert_cmpuint (road_target_spec_get_n_targets (joined), ==, 259);
  g_assert_cmpstr (road_target_spec_get_items (joined, &n_items)[0].u.name.text, ==, "localhost");
  g_assert_cmpuint (n_items, ==, 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/target-spec/parse", test_parse);
  g_test_add_func ("/target-spec/parse-bad", test_parse_bad);
  g_test_add_func ("/target-spec/names", test_names);
  g_test_add_func ("/target-spec/name-lengths", test_name_lengths);
  g_test_add_func ("/target-spec/patterns", test_patterns);
  g_test_add_func ("/target-spec/count", test_count);
  g_test_add_func ("/target-spec/public", test_public);
  g_test_add_func ("/target-spec/split-port", test_split_port);
  g_test_add_func ("/target-spec/lines", test_lines);
  g_test_add_func ("/target-spec/lines-bad", test_lines_bad);
  g_test_add_func ("/target-spec/many-lines", test_many_lines);
  g_test_add_func ("/target-spec/ports", test_ports);
  g_test_add_func ("/target-spec/long-excerpt", test_long_excerpt);
  g_test_add_func ("/target-spec/join", test_join);

  return g_test_run ();
}
