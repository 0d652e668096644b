/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "engine/ports/road-port-set.h"

#include <string.h>

#include "engine/base/road-error.h"
#include "engine/ports/road-services.h"
#include "slowness.h"

#define N_PORTS 65536

/* What can be typed, and the ports that it means. */
static const struct
{
  const char *text;
  const char *ports;
} good[] = {
  { "22", "22" },
  { "22,80,1000-2000", "22,80,1000-2000" },
  { "80,22", "22,80" },
  { "0", "0" },
  { "0-100", "0-100" },
  { "65535", "65535" },
  { "-100", "1-100" },
  { "60000-", "60000-65535" },
  { "0-", "0-65535" },
  { "-", "1-65535" },
  { "-0", "0" },
  { "0080", "80" },
  { "5-5", "5" },
  { "1,2,3,5", "1-3,5" },
  { "1-10,5-20,21,21,23", "1-21,23" },
  { "10-20,1-100", "1-100" },
  { "1-63,64-127,128", "1-128" },
  { "63,64,65535,65534", "63-64,65534-65535" },
  { " 22 , 80 ,\t443\n", "22,80,443" },
  { "1000 - 2000", "1000-2000" },
  { "T:22,80", "22,80" },
  { "t:22", "22" },
  { "T: 22, T:80", "22,80" },
  { "T:[22]", "22" },
  { "SSH,domain", "22,53" },
  { "[22]", "22" },
  { " [ 0 , 22 - 22 ] ", "22" },
  { "[0],22", "22" },
  { "[0]", "" },
};

/* What cannot, and the column of the fault. */
static const struct
{
  const char *text;
  guint column;
  const char *word;
} bad[] = {
  { "", 1, "top:100" },
  { "  ", 1, "top:100" },
  { "65536", 1, "“65536”" },
  { "22,70000", 4, "“70000”" },
  { "22, 70000", 5, "65535" },
  { "99999999999999999999999", 1, "“99999999999999999999999”" },
  { "1-65536", 3, "“65536”" },
  { "80-22", 1, "22-80" },
  { "22,80-22,1", 4, "22-80" },
  { "22-0", 1, "0-22" },
  { "1-2-3", 3, "“2-3”" },
  { "--", 2, "“-”" },
  { "22,,80", 4, "missing" },
  { ",22", 1, "missing" },
  { "22,", 4, "missing" },
  { "22, ", 5, "missing" },
  { ",", 1, "missing" },
  { "T:", 3, "missing" },
  { "22 80", 3, "comma" },
  { "22,ssh http", 7, "comma" },
  { "1-2 3", 4, "comma" },
  { "no-such-service", 1, "“no-such-service”" },
  { "22,nö", 4, "“nö”" },
  { "ö,ö,70000", 1, "“ö”" },
  { "no-such-*", 1, "“no-such-*”" },
  { "U:53", 1, "“U:”" },
  { "22,u:53", 4, "“u:”" },
  { "S:22", 1, "TCP" },
  { "T:22,U:53,T:80", 6, "TCP" },
  { "top:", 5, "1 to 1000" },
  { "top:0", 5, "1 to 1000" },
  { "22,top:1001", 8, "1 to 1000" },
  { "top:ten", 5, "1 to 1000" },
  { "top: , 22", 5, "1 to 1000" },
  { "[1-100", 1, "closed" },
  { "22,[1-100", 4, "closed" },
  { "[1-100]22", 8, "comma" },
  { "[]", 2, "missing" },
  { "[http]", 2, "[1-1024]" },
  { "[1-[5]]", 2, "[1-1024]" },
  { "22]", 1, "“22]”" },
  { "22\xff", 3, "UTF-8" },
  { "ssh,ssh,sshsshsshsshsshsshsshsshsshsshsshsshsshsshsshsshssh", 9,
    "“sshsshsshsshsshsshsshsshsshsshsshsshsshs…”" },
};

static RoadPortSet *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  RoadPortSet *set = road_port_set_parse (text, &error);

  g_assert_no_error (error);
  return set;
}

static void
assert_ports (RoadPortSet *set, const char *expected)
{
  g_autofree char *string = road_port_set_to_string (set);

  g_assert_cmpstr (string, ==, expected);
}

/* Ports that were typed would not be scanned, or others would. */
static void
test_parse (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (RoadPortSet) set = parse (good[i].text);
      g_autofree char *stripped = g_strstrip (g_strdup (good[i].text));

      assert_ports (set, good[i].ports);
      g_assert_cmpstr (road_port_set_get_text (set), ==, stripped);
    }
}

/* A mistake would be scanned as something else, or the message would point at the wrong place. */
static void
test_parse_bad (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      if (road_port_set_parse (bad[i].text, &error) != NULL)
        g_error ("“%s” was taken for ports", bad[i].text);
      g_assert_error (error, ROAD_ERROR, ROAD_ERROR_SYNTAX);
      if (road_error_get_column (error) != bad[i].column)
        g_error ("“%s”: the fault is in column %u and not %u: %s", bad[i].text, bad[i].column,
                 road_error_get_column (error), error->message);
      g_assert_cmpuint (road_error_get_line (error), ==, 0);
      if (strstr (error->message, bad[i].word) == NULL)
        g_error ("“%s”: nothing of %s in: %s", bad[i].text, bad[i].word, error->message);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      g_assert_null (road_port_set_parse (bad[i].text, NULL));
    }
}

/* “http*”, “?”, “[1-1024]” and “top:100” would mean other ports than the table of services says. */
static void
test_parse_services (void)
{
  g_autoptr (RoadPortSet) http = parse ("http*");
  g_autoptr (RoadPortSet) all = parse ("*");
  g_autoptr (RoadPortSet) named = parse ("[-1024, 60000-]");
  g_autoptr (RoadPortSet) top = parse ("Top:10");
  g_autoptr (RoadPortSet) mixed = parse ("T:top:1,[22],ssh,1-2");
  guint n_common;
  const guint16 *common = road_services_get_common_ports (&n_common);

  for (guint port = 0; port < N_PORTS; port++)
    {
      const char *name = road_services_get_name ((guint16) port);

      g_assert_cmpint (road_port_set_contains (all, (guint16) port), ==, name != NULL);
      g_assert_cmpint (road_port_set_contains (http, (guint16) port), ==,
                       name != NULL && g_str_has_prefix (name, "http"));
      g_assert_cmpint (road_port_set_contains (named, (guint16) port), ==,
                       name != NULL && ((port >= 1 && port <= 1024) || port >= 60000));
    }

  g_assert_cmpuint (road_port_set_get_n_ports (top), ==, 10);
  for (guint i = 0; i < 10; i++)
    g_assert_true (road_port_set_contains (top, common[i]));
  g_assert_true (road_port_set_contains (mixed, common[0]));
  g_assert_true (road_port_set_contains (mixed, 2));
}

/* The window would freeze on a broken or malicious file. */
static void
test_huge (void)
{
  g_autoptr (GString) many = g_string_new ("-");
  g_autoptr (GString) brackets = g_string_new ("[-]");
  g_autoptr (GString) globs = g_string_new ("a*");
  g_autoptr (GString) even = g_string_new ("0");
  g_autoptr (GError) error = NULL;
  g_autoptr (RoadPortSet) a = NULL;
  g_autoptr (RoadPortSet) b = NULL;
  g_autoptr (RoadPortSet) c = NULL;
  gint64 start = g_get_monotonic_time ();

  for (guint i = 0; i < 200000; i++)
    {
      g_string_append (many, ",-");
      g_string_append (brackets, ",[-]");
      g_string_append (globs, ",*s*");
    }
  for (guint port = 2; port < N_PORTS; port += 2)
    g_string_append_printf (even, ",%u", port);

  a = parse (many->str);
  g_assert_cmpuint (road_port_set_get_n_ports (a), ==, 65535);
  b = parse (brackets->str);
  g_assert_cmpuint (road_port_set_get_n_ports (b), >, 5000);
  c = parse (even->str);
  assert_ports (c, even->str);
  g_assert_null (road_port_set_parse (globs->str, &error));
  g_assert_error (error, ROAD_ERROR, ROAD_ERROR_SYNTAX);
  g_assert_nonnull (strstr (error->message, "100 patterns"));
  g_assert_cmpint (g_get_monotonic_time () - start, <, 20 * G_USEC_PER_SEC * get_slowness ());
}

/* A saved report would be shown with other ports than were scanned. */
static void
test_new (void)
{
  static const guint16 sorted[] = { 0, 1, 1, 2, 80, 65534, 65535 };
  static const guint16 unsorted[] = { 65535, 80, 2, 0, 1, 1, 65534 };
  g_autoptr (RoadPortSet) a = road_port_set_new (sorted, G_N_ELEMENTS (sorted));
  g_autoptr (RoadPortSet) b = road_port_set_new (unsorted, G_N_ELEMENTS (unsorted));
  g_autoptr (RoadPortSet) empty = road_port_set_new_empty ();
  guint n_ranges;

  assert_ports (a, "0-2,80,65534-65535");
  assert_ports (b, "0-2,80,65534-65535");
  g_assert_cmpstr (road_port_set_get_text (a), ==, "0-2,80,65534-65535");
  g_assert_cmpuint (road_port_set_get_n_ports (a), ==, 6);
  assert_ports (empty, "");
  g_assert_cmpstr (road_port_set_get_text (empty), ==, "none");
  g_assert_cmpuint (road_port_set_get_n_ports (empty), ==, 0);
  g_assert_false (road_port_set_contains (empty, 0));
  road_port_set_get_ranges (empty, &n_ranges);
  g_assert_cmpuint (n_ranges, ==, 0);
}

/* All that is asked of a set, compared with one flag for each port. */
static void
assert_is (RoadPortSet *set, const gboolean *flags)
{
  g_autoptr (RoadPortSet) again = NULL;
  g_autofree char *string = NULL;
  const RoadPortRange *ranges;
  guint n_ranges;
  guint n = 0;

  for (guint port = 0; port < N_PORTS; port++)
    {
      g_assert_cmpint (road_port_set_contains (set, (guint16) port), ==, flags[port]);
      if (flags[port])
        g_assert_cmpuint (road_port_set_get_nth (set, n++), ==, port);
    }
  g_assert_cmpuint (road_port_set_get_n_ports (set), ==, n);

  ranges = road_port_set_get_ranges (set, &n_ranges);
  for (guint i = 0; i < n_ranges; i++)
    {
      g_assert_cmpuint (ranges[i].first, <=, ranges[i].last);
      if (i > 0)
        g_assert_cmpuint (ranges[i].first, >, ranges[i - 1].last + 1);
    }

  string = road_port_set_to_string (set);
  if (n > 0)
    {
      again = parse (string);
      assert_ports (again, string);
    }
}

static RoadPortSet *
random_set (gboolean *flags)
{
  g_autoptr (GString) text = g_string_new (NULL);
  int n = g_test_rand_int_range (1, 40);
  /* Many in a small room touch and overlap; in a large one they are far apart. */
  int limit = g_test_rand_bit () ? 300 : N_PORTS;

  memset (flags, 0, N_PORTS * sizeof (gboolean));
  for (int i = 0; i < n; i++)
    {
      int first = g_test_rand_int_range (0, limit);
      int length = g_test_rand_int_range (0, limit / 8);
      int last = MIN (first + length, N_PORTS - 1);

      g_string_append_printf (text, "%s%d-%d", i > 0 ? "," : "", first, last);
      for (int port = first; port <= last; port++)
        flags[port] = TRUE;
    }

  return parse (text->str);
}

/* Excluded ports would be scanned after all, or asked-for ones left out. */
static void
test_random (void)
{
  g_autofree gboolean *a_flags = g_new (gboolean, N_PORTS);
  g_autofree gboolean *b_flags = g_new (gboolean, N_PORTS);
  g_autofree gboolean *flags = g_new (gboolean, N_PORTS);

  for (int round = 0; round < 40; round++)
    {
      g_autoptr (RoadPortSet) a = random_set (a_flags);
      g_autoptr (RoadPortSet) b = random_set (b_flags);
      g_autoptr (RoadPortSet) both = road_port_set_union (a, b);
      g_autoptr (RoadPortSet) rest = road_port_set_subtract (a, b);
      g_autoptr (RoadPortSet) common = road_port_set_intersect (a, b);
      g_autoptr (RoadPortSet) shuffled = NULL;
      g_autoptr (GArray) ports = g_array_new (FALSE, FALSE, sizeof (guint16));

      assert_is (a, a_flags);
      for (guint port = 0; port < N_PORTS; port++)
        flags[port] = a_flags[port] || b_flags[port];
      assert_is (both, flags);
      for (guint port = 0; port < N_PORTS; port++)
        flags[port] = a_flags[port] && !b_flags[port];
      assert_is (rest, flags);
      for (guint port = 0; port < N_PORTS; port++)
        flags[port] = a_flags[port] && b_flags[port];
      assert_is (common, flags);

      for (guint port = N_PORTS; port-- > 0;)
        {
          guint16 value = (guint16) port;

          if (a_flags[port])
            g_array_append_val (ports, value);
        }
      shuffled = road_port_set_new ((guint16 *) (gpointer) ports->data, ports->len);
      assert_is (shuffled, a_flags);
    }
}

/* The same at the ends, where arithmetic goes wrong. */
static void
test_subtract_ends (void)
{
  static const struct
  {
    const char *a;
    const char *b;
    const char *rest;
  } cases[] = {
    { "0-65535", "0-65535", "" },
    { "0-65535", "0", "1-65535" },
    { "0-65535", "65535", "0-65534" },
    { "0-65535", "1-65534", "0,65535" },
    { "0,65535", "1-65534", "0,65535" },
    { "1-10,20-30,40-50", "5-45", "1-4,46-50" },
    { "1-10,20-30,40-50", "10,20,30,40,50", "1-9,21-29,41-49" },
    { "1-3", "5-7", "1-3" },
    { "5-7", "1-3", "5-7" },
  };
  g_autoptr (RoadPortSet) empty = road_port_set_new_empty ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RoadPortSet) a = parse (cases[i].a);
      g_autoptr (RoadPortSet) b = parse (cases[i].b);
      g_autoptr (RoadPortSet) rest = road_port_set_subtract (a, b);
      g_autoptr (RoadPortSet) nothing = road_port_set_subtract (empty, b);
      g_autoptr (RoadPortSet) all = road_port_set_subtract (a, empty);
      g_autoptr (RoadPortSet) sum = road_port_set_union (a, empty);
      g_autoptr (RoadPortSet) outside = road_port_set_intersect (rest, b);
      g_autoptr (RoadPortSet) none = road_port_set_intersect (a, empty);
      g_autoptr (RoadPortSet) itself = road_port_set_intersect (a, a);

      assert_ports (outside, "");
      assert_ports (none, "");
      assert_ports (itself, cases[i].a);
      assert_ports (rest, cases[i].rest);
      assert_ports (nothing, "");
      assert_ports (all, cases[i].a);
      assert_ports (sum, cases[i].a);
    }
}

/* Sets are shared by the scan's lanes and the hosts: one freed too early is a crash. */
static void
test_ref (void)
{
  g_autoptr (RoadPortSet) set = parse ("1-3");
  GValue value = G_VALUE_INIT;
  RoadPortSet *copy;

  g_value_init (&value, ROAD_TYPE_PORT_SET);
  g_value_set_boxed (&value, set);
  copy = g_value_dup_boxed (&value);
  g_value_unset (&value);
  g_assert_true (copy == set);
  assert_ports (copy, "1-3");
  road_port_set_unref (copy);
}

/* A report of a scan of common ports and one more would list all thousand, and could not be repeated
 * as it was typed. */
static void
test_join (void)
{
  static const struct
  {
    const char *a, *b, *joined;
  } table[] = {
    { "top:1000", "60001,60003", "top:1000,60001,60003" },
    { "top:1000", "80,443", "top:1000" },
    { "80", "-", "-" },
    { "22", "ssh,81", "ssh,81" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (RoadPortSet) a = road_port_set_parse (table[i].a, NULL);
      g_autoptr (RoadPortSet) b = road_port_set_parse (table[i].b, NULL);
      g_autoptr (RoadPortSet) joined = road_port_set_join (a, b);
      g_autoptr (RoadPortSet) both = road_port_set_union (a, b);
      g_autoptr (RoadPortSet) again = road_port_set_parse (table[i].joined, NULL);

      g_assert_cmpstr (road_port_set_get_text (joined), ==, table[i].joined);
      g_assert_cmpuint (road_port_set_get_n_ports (joined), ==, road_port_set_get_n_ports (both));
      g_assert_cmpuint (road_port_set_get_n_ports (joined), ==, road_port_set_get_n_ports (again));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/port-set/parse", test_parse);
  g_test_add_func ("/port-set/parse-bad", test_parse_bad);
  g_test_add_func ("/port-set/parse-services", test_parse_services);
  g_test_add_func ("/port-set/huge", test_huge);
  g_test_add_func ("/port-set/new", test_new);
  g_test_add_func ("/port-set/random", test_random);
  g_test_add_func ("/port-set/subtract-ends", test_subtract_ends);
  g_test_add_func ("/port-set/ref", test_ref);
  g_test_add_func ("/port-set/join", test_join);

  return g_test_run ();
}
