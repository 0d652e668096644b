/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "engine/who/road-vendors.h"

#include <string.h>

static char *
find (const char *text)
{
  RoadMac mac;

  g_assert_true (road_mac_parse (&mac, text));

  return road_vendors_find (&mac);
}

/* Losing this: a device is said to be of another vendor, or of none. */
static void
test_find (void)
{
  static const struct
  {
    const char *mac;
    const char *vendor; /* NULL if nobody is registered */
  } cases[] = {
    { "00:00:00:12:34:56", "XEROX" }, /* the first of the table */
    { "00:00:01:ff:ff:ff", "XEROX" },
    { "b8:27:eb:00:00:00", "Raspberry Pi Foundation" },
    { "B8-27-EB-FF-FF-FF", "Raspberry Pi Foundation" },
    { "08:00:27:01:02:03", "PCS Systemtechnik" },
    { "00:50:C2:FE:51:23", "ScandiNova Systems" },   /* a block of 36 bits */
    { "40:ED:98:A1:23:45", "Integrated Design" },    /* of 28 bits */
    { "FC:FE:C2:00:00:00", "Invensys Controls UK" }, /* the last of the table */
    { "02:00:00:00:00:01", NULL },                   /* no vendor gives such addresses away */
    { "FF:FF:FF:FF:FF:FF", NULL },
    { "44:67:55:00:00:00", "Orbit Irrigation" },
    { "00:50:C2:FF:F0:00", "MSR-Solutions" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *vendor = find (cases[i].mac);

      g_test_message ("%s", cases[i].mac);
      g_assert_cmpstr (vendor, ==, cases[i].vendor);
    }
}

/* Losing this: a vendor is not found although the table has it. Each line is found by its own prefix. */
static void
test_all (void)
{
  g_autofree char *path =
      g_test_build_filename (G_TEST_DIST, "..", "..", "data", "vendors", "ieee.tsv", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GError) error = NULL;
  guint n = 0;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) fields = g_strsplit (lines[i], "\t", 2);
      g_autofree char *vendor = NULL;
      char digits[] = "000000000000";
      RoadMac mac;

      if (*lines[i] == '#' || *lines[i] == '\0')
        continue;

      g_assert_cmpuint (strlen (fields[0]), <=, 9);
      memcpy (digits, fields[0], strlen (fields[0]));
      for (guint j = 0; j < 6; j++)
        mac.bytes[j] = (guint8) (g_ascii_xdigit_value (digits[2 * j]) << 4 |
                                 g_ascii_xdigit_value (digits[2 * j + 1]));
      vendor = road_vendors_find (&mac);
      /* Some blocks of old are of addresses that are random or virtual today; a block can begin with a smaller
       * one of somebody else's. */
      if (road_mac_is_local (&mac))
        g_assert_null (vendor);
      else if (strlen (fields[0]) == 9)
        g_assert_cmpstr (vendor, ==, fields[1]);
      else
        g_assert_nonnull (vendor);
      n++;
    }
  g_assert_cmpuint (n, >, 50000);
}

/* Losing this: a file or the kernel gives text that is taken for an address. */
static void
test_parse (void)
{
  static const char *const bad[] = {
    "",
    "00:11:22:33:44",
    "00:11:22:33:44:5",
    "00:11:22:33:44:55:66",
    "00:11:22:33:44:5g",
    "0:11:22:33:44:55",
    "001122334455",
    "00:11:22:33:44:55x",
    " 00:11:22:33:44:55",
  };
  RoadMac mac;
  g_autofree char *text = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (road_mac_parse (&mac, bad[i]));

  g_assert_true (road_mac_parse (&mac, "00-1b-21-aB-00-20 (Intel)"));
  text = road_mac_to_string (&mac);
  g_assert_cmpstr (text, ==, "00:1B:21:AB:00:20");
}

/* Losing this: a phone that hides itself is said to be of a vendor. */
static void
test_describe (void)
{
  static const struct
  {
    const char *mac;
    const char *text;
    gboolean is_local;
  } cases[] = {
    { "b8:27:eb:01:02:03", "B8:27:EB:01:02:03 (Raspberry Pi Foundation)", FALSE },
    { "52:54:00:12:34:56", "52:54:00:12:34:56", TRUE },
    { "da:a1:19:00:00:00", "DA:A1:19:00:00:00", TRUE },
    { "00:50:c2:ff:f1:00", "00:50:C2:FF:F1:00 (MSR-Solutions)", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = NULL;
      RoadMac mac;

      g_assert_true (road_mac_parse (&mac, cases[i].mac));
      text = road_vendors_describe (&mac);
      g_assert_cmpstr (text, ==, cases[i].text);
      g_assert_cmpint (road_mac_is_local (&mac), ==, cases[i].is_local);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/vendors/find", test_find);
  g_test_add_func ("/vendors/all", test_all);
  g_test_add_func ("/vendors/parse", test_parse);
  g_test_add_func ("/vendors/describe", test_describe);

  return g_test_run ();
}
