/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "engine/ports/road-services.h"

#include <gio/gio.h>
#include <string.h>

/* With a sanitizer each takes seconds. */
#ifdef __SANITIZE_ADDRESS__
#define N_STARTS 2
#else
#define N_STARTS 50
#endif

static GArray *
find (const char *pattern)
{
  GArray *ports = g_array_new (FALSE, FALSE, sizeof (guint16));
  gboolean found = road_services_find (pattern, ports);

  g_assert_cmpint (found, ==, ports->len > 0);
  return ports;
}

static gboolean
has_port (GArray *ports, guint16 port)
{
  for (guint i = 0; i < ports->len; i++)
    {
      if (g_array_index (ports, guint16, i) == port)
        return TRUE;
    }
  return FALSE;
}

/* The names that everybody knows would be missing from the table. */
static void
test_names (void)
{
  static const struct
  {
    guint16 port;
    const char *name;
  } known[] = {
    { 21, "ftp" },    { 22, "ssh" },  { 25, "smtp" },
    { 53, "domain" }, { 80, "http" }, { 443, "https" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    {
      g_assert_cmpstr (road_services_get_name (known[i].port), ==, known[i].name);
      g_assert_nonnull (road_services_get_description (known[i].port));
    }
  g_assert_null (road_services_get_name (0));
  g_assert_null (road_services_get_description (0));
  g_assert_null (road_services_get_name (65534));
}

/* 6443 would be called by its name of the registry, which nobody meets, and not Kubernetes. */
static void
test_corrections (void)
{
  const char *name = road_services_get_name (6443);
  g_autoptr (GArray) old = find ("sun-sr-https");
  g_autoptr (GArray) new = find (name);

  g_assert_cmpstr (name, !=, "sun-sr-https");
  g_assert_nonnull (strstr (name, "kube"));
  g_assert_true (has_port (new, 6443));

  /* Who knows the port by its registered name, from other lists, still gets it. */
  g_assert_cmpuint (old->len, ==, 1);
  g_assert_true (has_port (old, 6443));
}

/* A registered name that is still in use would suddenly mean more ports than those that are shown
 * with it, or a pattern would scan ports that are shown under another name. */
static void
test_old_names (void)
{
  static const struct
  {
    const char *name;
    guint16 port;
  } old[] = { { "epmap", 135 }, { "EPMAP", 135 }, { "rfb", 5900 } };
  g_autoptr (GArray) pattern = find ("epma*");
  g_autoptr (GArray) alternates = find ("http-alt");

  for (gsize i = 0; i < G_N_ELEMENTS (old); i++)
    {
      g_autoptr (GArray) ports = find (old[i].name);

      g_assert_cmpuint (ports->len, ==, 1);
      g_assert_true (has_port (ports, old[i].port));
    }
  g_assert_cmpuint (pattern->len, ==, 0);
  for (guint i = 0; i < alternates->len; i++)
    g_assert_cmpstr (road_services_get_name (g_array_index (alternates, guint16, i)), ==,
                     "http-alt");
}

/* “ssh” or “http*” in the ports would scan other ports, or none. */
static void
test_find (void)
{
  g_autoptr (GArray) ssh = find ("ssh");
  g_autoptr (GArray) upper = find ("SSH");
  g_autoptr (GArray) http = find ("HTTP*");
  g_autoptr (GArray) one = find ("ss?");
  g_autoptr (GArray) none = find ("no-such-service");
  g_autoptr (GArray) no_match = find ("no-such-*");
  g_autoptr (GArray) empty = find ("");

  g_assert_cmpuint (ssh->len, >=, 1);
  g_assert_true (has_port (ssh, 22));
  g_assert_cmpuint (upper->len, ==, ssh->len);
  g_assert_true (has_port (http, 80));
  g_assert_true (has_port (http, 443));
  g_assert_false (has_port (http, 22));
  for (guint i = 0; i < http->len; i++)
    g_assert_true (
        g_str_has_prefix (road_services_get_name (g_array_index (http, guint16, i)), "http"));
  g_assert_true (has_port (one, 22));
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (no_match->len, ==, 0);
  g_assert_cmpuint (empty->len, ==, 0);
}

/* A glob would miss ports: “*” has to give exactly those that have a name. */
static void
test_find_all (void)
{
  g_autoptr (GArray) all = find ("*");
  guint n_named = 0;

  for (guint port = 0; port <= 65535; port++)
    n_named += road_services_get_name ((guint16) port) != NULL ? 1 : 0;
  g_assert_cmpuint (n_named, >, 5000);
  g_assert_cmpuint (all->len, ==, n_named);
}

/* A quick scan would miss what everybody runs, or scan a port twice. */
static void
test_common_ports (void)
{
  static const guint16 must[] = {
    21, 22, 23, 25, 53, 80, 110, 139, 143, 443, 445, 3306, 3389, 8080
  };
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  guint n;
  const guint16 *common = road_services_get_common_ports (&n);

  g_assert_cmpuint (n, ==, 1000);
  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpint (common[i], >, 0);
      g_assert_true (g_hash_table_add (seen, GUINT_TO_POINTER (common[i])));
      if (i == 99)
        {
          for (gsize j = 0; j < G_N_ELEMENTS (must); j++)
            g_assert_true (g_hash_table_contains (seen, GUINT_TO_POINTER (must[j])));
        }
    }
}

/* A broken table would show as odd characters in the window, or break the lines of a report. */
static void
test_plain_names (void)
{
  for (guint port = 0; port <= 65535; port++)
    {
      const char *name = road_services_get_name ((guint16) port);
      const char *description = road_services_get_description ((guint16) port);

      if (name != NULL)
        g_assert_cmpuint (strspn (name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                        "0123456789-_.+/"),
                          ==, strlen (name));
      if (description != NULL)
        {
          g_assert_true (g_utf8_validate (description, -1, NULL));
          g_assert_null (strpbrk (description, "\t\r\n"));
        }
    }
}

static gpointer
look_up_resources (gpointer stop)
{
  while (!g_atomic_int_get ((gint *) stop))
    {
      g_resources_get_info ("/no/such/resource", G_RESOURCE_LOOKUP_FLAGS_NONE, NULL, NULL, NULL);
      /* Those who look up keep out who registers: some time is left for that. */
      for (volatile guint i = 0; i < 1000; i++)
        ;
    }

  return NULL;
}

/* The program would crash, once in a while, as it starts: recent scans are read in a thread, which
 * needs the table, while GTK looks up its own resources. The table is read once in a process: so one
 * process for each try. With the table taken from our own resource, one in 16 to 50 crashed. */
static void
test_beside_lookups (void)
{
  GThread *threads[2];
  gint stop = FALSE;

  if (!g_test_subprocess ())
    {
      for (guint i = 0; i < N_STARTS; i++)
        {
          g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
          g_test_trap_assert_passed ();
        }
      return;
    }

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("look-up", look_up_resources, &stop);
  g_usleep (500); /* until they run */
  g_assert_cmpstr (road_services_get_name (22), ==, "ssh");
  g_atomic_int_set (&stop, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/services/names", test_names);
  g_test_add_func ("/services/corrections", test_corrections);
  g_test_add_func ("/services/old-names", test_old_names);
  g_test_add_func ("/services/find", test_find);
  g_test_add_func ("/services/find-all", test_find_all);
  g_test_add_func ("/services/common-ports", test_common_ports);
  g_test_add_func ("/services/plain-names", test_plain_names);
  g_test_add_func ("/services/beside-lookups", test_beside_lookups);

  return g_test_run ();
}
