/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "engine/connect/road-socket-address.h"

#include <net/if.h>
#include <netinet/in.h>

/* What is read as an address and how it is written again. */
static const struct
{
  const char *text;
  const char *written;
} good[] = {
  { "0.0.0.0", "0.0.0.0" },
  { "192.168.1.254", "192.168.1.254" },
  { "255.255.255.255", "255.255.255.255" },
  { "::", "::" },
  { "::1", "::1" },
  { "2001:0DB8:0:0::1", "2001:db8::1" },
  { "ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff" },
  { "fe80::1", "fe80::1" },
  { "fe80::1%1", "fe80::1%lo" },
  { "fe80::1%lo", "fe80::1%lo" },
  { "febf::1%4294967295", "febf::1%4294967295" },
};

static const char *const bad[] = {
  "",
  " ",
  "1",
  "1.2.3",
  "1.2.3.4.5",
  "1.2.3.256",
  "1.2.3.04",
  "1.2.3.4 ",
  " 1.2.3.4",
  "0x7f.0.0.1",
  "1.2.3.4%lo",
  "%lo",
  ":",
  ":::",
  "1::2::3",
  "12345::",
  "::g",
  "[::1]",
  "1:2:3:4:5:6:7:8:9",
  "2001:db8::1%lo",
  "fec0::1%lo",
  "fe80::1%",
  "fe80::1%0",
  "fe80::1%no-such-interface",
  "fe80::1%4294967296",
  "localhost",
  "ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.2555555555555555555555555555555555555555555555555",
};

/* A user could not scan an address, or a report would show another one than was scanned. */
static void
test_parse (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      RoadAddress address;
      RoadAddress again;
      g_autofree char *written = NULL;

      g_assert_true (road_address_parse (&address, good[i].text));
      written = road_address_to_string (&address);
      g_assert_cmpstr (written, ==, good[i].written);
      g_assert_true (road_address_parse (&again, written));
      g_assert_true (road_address_equal (&address, &again));
      g_assert_cmpuint (road_address_hash (&address), ==, road_address_hash (&again));
    }
}

/* A typing mistake would be scanned as some address instead of being pointed out. */
static void
test_parse_bad (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      RoadAddress address = { .length = 99 };

      if (road_address_parse (&address, bad[i]))
        g_error ("“%s” was taken for an address", bad[i]);
      g_assert_cmpint (address.length, ==, 99);
    }
}

/* A network would be scanned with holes, or beyond its end. */
static void
test_add (void)
{
  static const struct
  {
    const char *from;
    guint64 n;
    const char *to;
  } sums[] = {
    { "10.0.0.0", 0, "10.0.0.0" },
    { "10.0.0.255", 1, "10.0.1.0" },
    { "10.255.255.255", 1, "11.0.0.0" },
    { "10.0.0.0", 0xffffff, "10.255.255.255" },
    { "255.255.255.255", 1, "0.0.0.0" },
    { "0.0.0.1", G_MAXUINT64, "0.0.0.0" },
    { "2001:db8::ffff:ffff:ffff:ffff", 1, "2001:db8:0:1::" },
    { "2001:db8::", G_MAXUINT64, "2001:db8::ffff:ffff:ffff:ffff" },
    { "2001:db8::1", G_MAXUINT64, "2001:db8:0:1::" },
    { "2001:db8::ff", G_MAXUINT64, "2001:db8:0:1::fe" },
    { "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", 1, "::" },
    { "fe80::ff%lo", 1, "fe80::100%lo" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (sums); i++)
    {
      RoadAddress address;
      g_autofree char *string = NULL;

      g_assert_true (road_address_parse (&address, sums[i].from));
      road_address_add (&address, sums[i].n);
      string = road_address_to_string (&address);
      g_assert_cmpstr (string, ==, sums[i].to);
    }
}

/* Hosts would be listed in a mad order, or two hosts be taken for one. */
static void
test_compare (void)
{
  static const char *const sorted[] = {
    "0.0.0.0", "9.255.0.0", "10.0.0.0", "10.0.0.1",     "255.255.255.255", "::",
    "::1",     "fe80::1",   "fe80::2",  "ffff::ffff:1", "fe80::1%lo",      "fe80::1%2",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (sorted); i++)
    {
      for (gsize j = 0; j < G_N_ELEMENTS (sorted); j++)
        {
          RoadAddress a;
          RoadAddress b;
          int order;

          g_assert_true (road_address_parse (&a, sorted[i]));
          g_assert_true (road_address_parse (&b, sorted[j]));
          order = road_address_compare (&a, &b);
          g_assert_cmpint (order < 0, ==, i < j);
          g_assert_cmpint (order > 0, ==, i > j);
          g_assert_cmpint (road_address_equal (&a, &b), ==, i == j);
        }
    }
}

/* The hosts of a network differ in their last bits: with a poor hash all tables would be slow. */
static void
test_hash (void)
{
  g_autoptr (GHashTable) hashes = g_hash_table_new (NULL, NULL);
  RoadAddress address;

  g_assert_true (road_address_parse (&address, "10.0.0.0"));
  for (guint i = 0; i < 65536; i++)
    {
      g_hash_table_add (hashes, GUINT_TO_POINTER (road_address_hash (&address)));
      road_address_add (&address, 1);
    }
  g_assert_cmpuint (g_hash_table_size (hashes), >, 65000);
}

/* What the kernel gets is what GIO makes of the same address. */
static void
check_native (const RoadAddress *address, GInetAddress *inet)
{
  g_autoptr (RoadSocketAddress) ours = road_socket_address_new ();
  g_autoptr (GSocketAddress) theirs = NULL;
  guint8 our_bytes[64] = { 0 }, their_bytes[64] = { 0 };
  gssize size;

  theirs = g_object_new (G_TYPE_INET_SOCKET_ADDRESS, "address", inet, "port", 443u, "scope-id",
                         address->scope_id, NULL);
  road_socket_address_set (ours, address, 443);
  size = g_socket_address_get_native_size (theirs);

  g_assert_cmpint (g_socket_address_get_family (G_SOCKET_ADDRESS (ours)), ==,
                   g_socket_address_get_family (theirs));
  g_assert_cmpint (g_socket_address_get_native_size (G_SOCKET_ADDRESS (ours)), ==, size);
  g_assert_true (g_socket_address_to_native (theirs, their_bytes, (gsize) size, NULL));
  g_assert_true (
      g_socket_address_to_native (G_SOCKET_ADDRESS (ours), our_bytes, (gsize) size, NULL));
  g_assert_cmpmem (our_bytes, size, their_bytes, size);
  g_assert_false (
      g_socket_address_to_native (G_SOCKET_ADDRESS (ours), our_bytes, (gsize) size - 1, NULL));
}

/* Connects would go to another host, or not find the interface of a link-local one. */
static void
test_gio (void)
{
  static const char *const texts[] = { "192.0.2.1", "2001:db8::1", "fe80::1%lo" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      RoadAddress address;
      RoadAddress back;
      g_autoptr (GInetAddress) inet = NULL;

      g_assert_true (road_address_parse (&address, texts[i]));
      inet = road_address_to_inet (&address);
      road_address_set_inet (&back, inet, address.scope_id);
      g_assert_true (road_address_equal (&address, &back));

      check_native (&address, inet);
    }
  g_assert_cmpuint (if_nametoindex ("lo"), ==, 1);
}

/* An IPv4 address that a name has would not be the same target as the one that was typed. */
static void
test_no_zone_for_ipv4 (void)
{
  g_autoptr (GInetAddress) inet = g_inet_address_new_from_string ("192.0.2.1");
  RoadAddress typed;
  RoadAddress resolved;

  g_assert_true (road_address_parse (&typed, "192.0.2.1"));
  road_address_set_inet (&resolved, inet, 7);
  g_assert_true (road_address_equal (&typed, &resolved));
}

/* An absent address, which reports have in many places, would be shown as one. */
static void
test_none (void)
{
  RoadAddress none = ROAD_ADDRESS_NONE;
  g_autofree char *string = road_address_to_string (&none);

  g_assert_cmpstr (string, ==, "");
  road_address_add (&none, 1);
  g_assert_true (road_address_equal (&none, &ROAD_ADDRESS_NONE));
  g_assert_false (road_address_is_link_local (&none));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/address/parse", test_parse);
  g_test_add_func ("/address/parse-bad", test_parse_bad);
  g_test_add_func ("/address/add", test_add);
  g_test_add_func ("/address/compare", test_compare);
  g_test_add_func ("/address/hash", test_hash);
  g_test_add_func ("/address/gio", test_gio);
  g_test_add_func ("/address/no-zone-for-ipv4", test_no_zone_for_ipv4);
  g_test_add_func ("/address/none", test_none);

  return g_test_run ();
}
