/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "engine/report/road-host.h"

#define N_PORTS 65536

static RoadHost *
make_host (const char *address, const char *name)
{
  RoadAddress parsed;

  g_assert_true (road_address_parse (&parsed, address));

  return road_host_new (&parsed, name, NULL);
}

static void
add (RoadHost *host, guint first, guint last, RoadPortState state, RoadReason reason)
{
  g_autoptr (GArray) results = g_array_new (FALSE, FALSE, sizeof (RoadPortResult));

  for (guint port = first; port <= last; port++)
    {
      const RoadPortResult result = { .port = (guint16) port,
                                      .state = (guint8) state,
                                      .reason = (guint8) reason };

      g_array_append_val (results, result);
    }
  road_host_add_results (host, (const RoadPortResult *) (gpointer) results->data, results->len);
}

static void
count (gpointer object, guint *counter)
{
  (*counter)++;
}

static void
count_notify (gpointer object, GParamSpec *pspec, guint *counter)
{
  (*counter)++;
}

/* Losing this: a host is called by the wrong name. */
static void
test_title (void)
{
  g_autoptr (RoadHost) host = make_host ("192.0.2.1", NULL);
  g_autoptr (RoadHost) named = make_host ("2001:db8::1", "www.example");
  guint n = 0;

  g_signal_connect (host, "notify::title", G_CALLBACK (count_notify), &n);
  g_assert_cmpstr (road_host_get_title (host), ==, "192.0.2.1");
  road_host_set_ptr_name (host, "host.example");
  road_host_set_ptr_name (host, "host.example");
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpstr (road_host_get_title (host), ==, "host.example");

  road_host_set_ptr_name (named, "host.example");
  g_assert_cmpstr (road_host_get_title (named), ==, "www.example");
  g_assert_cmpstr (road_host_get_address_string (named), ==, "2001:db8::1");
}

/* Losing this: a file with many notes about a host, or with many senders of errors, takes hours to open. */
static void
test_many (void)
{
  const guint n = 200000;
  g_autoptr (RoadHost) host = make_host ("192.0.2.1", NULL);
  g_autoptr (GArray) results = g_array_new (FALSE, FALSE, sizeof (RoadPortResult));
  const gint64 begin = g_get_monotonic_time ();

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = g_strdup_printf ("note %u", i / 2);

      road_host_add_note (host, (int) ((n - i) / 20), "script", text);
    }
  g_assert_cmpuint (road_host_get_n_notes (host), >=, n / 2);
  g_assert_cmpuint (road_host_get_n_notes (host), <, n);
  for (guint i = 1; i < road_host_get_n_notes (host); i++)
    g_assert_cmpint (road_host_get_note (host, i - 1)->port, <=,
                     road_host_get_note (host, i)->port);

  for (guint port = 0; port < N_PORTS; port++)
    {
      RoadPortResult result = { .port = (guint16) port,
                                .state = ROAD_PORT_FILTERED,
                                .reason = ROAD_REASON_HOST_UNREACH };

      result.reason_from.length = 4;
      result.reason_from.bytes[0] = (guint8) (port >> 8);
      result.reason_from.bytes[1] = (guint8) port;
      g_array_append_val (results, result);
    }
  road_host_add_results (host, (const RoadPortResult *) (gpointer) results->data, results->len);
  g_assert_cmpuint (road_host_get_n_groups (host), <, 2000);
  g_assert_cmpuint (road_host_get_n_ports (host, ROAD_PORT_FILTERED), ==, N_PORTS);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 60 * G_USEC_PER_SEC);
}

/* Losing this: 1,000 closed ports bury the open ones, or a few closed ones cannot be seen. */
static void
test_listing_rule (void)
{
  g_autoptr (RoadHost) host = make_host ("192.0.2.1", NULL);
  g_autoptr (GArray) listed = NULL;

  add (host, 100, 124, ROAD_PORT_CLOSED, ROAD_REASON_CONN_REFUSED);
  g_assert_true (road_host_lists_state (host, ROAD_PORT_CLOSED));
  add (host, 125, 125, ROAD_PORT_CLOSED, ROAD_REASON_CONN_REFUSED);
  g_assert_false (road_host_lists_state (host, ROAD_PORT_CLOSED));

  /* The states count, whatever the reasons. */
  add (host, 200, 219, ROAD_PORT_FILTERED, ROAD_REASON_NO_RESPONSE);
  add (host, 220, 224, ROAD_PORT_FILTERED, ROAD_REASON_ADMIN_PROHIBITED);
  g_assert_true (road_host_lists_state (host, ROAD_PORT_FILTERED));

  add (host, 1, 60, ROAD_PORT_OPEN, ROAD_REASON_SYN_ACK);
  g_assert_true (road_host_lists_state (host, ROAD_PORT_OPEN));

  listed = road_host_get_listed (host, FALSE);
  g_assert_cmpuint (listed->len, ==, 60 + 25);
  for (guint i = 1; i < listed->len; i++)
    g_assert_cmpuint (g_array_index (listed, RoadPortResult, i - 1).port, <,
                      g_array_index (listed, RoadPortResult, i).port);
  g_clear_pointer (&listed, g_array_unref);

  listed = road_host_get_listed (host, TRUE);
  g_assert_cmpuint (listed->len, ==, 60);
}

/* Losing this: what was found out about a port is another port's. Random batches are compared with
 * a plain table. */
static void
test_against_table (void)
{
  g_autoptr (RoadHost) host = make_host ("192.0.2.1", NULL);
  g_autofree RoadPortResult *table = g_new0 (RoadPortResult, N_PORTS);
  g_autoptr (GRand) rand = g_rand_new_with_seed (20260101);
  RoadAddress routers[3];
  guint n_changes = 0, n_batches = 0;
  guint n_ports[ROAD_N_PORT_STATES] = { 0 };

  routers[0] = ROAD_ADDRESS_NONE;
  road_address_parse (&routers[1], "192.0.2.254");
  road_address_parse (&routers[2], "2001:db8::fe");
  g_signal_connect (host, "ports-changed", G_CALLBACK (count), &n_changes);

  while (n_batches < 200)
    {
      g_autoptr (GArray) batch = g_array_new (FALSE, FALSE, sizeof (RoadPortResult));
      guint n = (guint) g_rand_int_range (rand, 1, 400);

      for (guint i = 0; i < n; i++)
        {
          guint16 port = (guint16) g_rand_int_range (rand, 0, N_PORTS);
          RoadPortResult *result = &table[port];

          if (result->state != ROAD_PORT_UNKNOWN)
            continue;

          result->port = port;
          result->state = (guint8) g_rand_int_range (rand, ROAD_PORT_OPEN, ROAD_N_PORT_STATES);
          result->reason = (guint8) g_rand_int_range (rand, 1, 6);
          result->reason_from = routers[g_rand_int_range (rand, 0, G_N_ELEMENTS (routers))];
          if (result->state == ROAD_PORT_OPEN)
            result->latency_us = (guint32) g_rand_int_range (rand, 1, 100000);
          g_array_append_val (batch, *result);
          n_ports[result->state]++;
        }

      road_host_add_results (host, (const RoadPortResult *) (gpointer) batch->data, batch->len);
      n_batches += batch->len > 0;
    }

  g_assert_cmpuint (n_changes, ==, n_batches);
  for (guint state = ROAD_PORT_OPEN; state < ROAD_N_PORT_STATES; state++)
    g_assert_cmpuint (road_host_get_n_ports (host, (RoadPortState) state), ==, n_ports[state]);
  g_assert_cmpuint (road_host_get_n_groups (host), <=, 3 * 5 * G_N_ELEMENTS (routers));

  for (guint port = 0; port < N_PORTS; port++)
    {
      RoadPortResult result;
      gboolean found = road_host_get_result (host, (guint16) port, &result);

      g_assert_cmpint (found, ==, table[port].state != ROAD_PORT_UNKNOWN);
      if (!found)
        continue;
      g_assert_cmpuint (result.port, ==, port);
      g_assert_cmpuint (result.state, ==, table[port].state);
      g_assert_cmpuint (result.reason, ==, table[port].reason);
      g_assert_cmpuint (result.latency_us, ==, table[port].latency_us);
      g_assert_true (road_address_equal (&result.reason_from, &table[port].reason_from));
    }
}

/* Losing this: a saved report that is opened shows other ports than were saved. */
static void
test_add_group (void)
{
  g_autoptr (RoadHost) host = make_host ("192.0.2.1", NULL);
  g_autoptr (RoadPortSet) ports = road_port_set_parse ("1-1000", NULL);
  g_autoptr (RoadPortSet) more = road_port_set_parse ("2000-2999", NULL);
  RoadPortGroup group = { ROAD_PORT_CLOSED, ROAD_REASON_CONN_REFUSED, ROAD_ADDRESS_NONE, ports };

  road_host_add_group (host, &group);
  group.ports = more;
  road_host_add_group (host, &group);
  g_assert_cmpuint (road_host_get_n_groups (host), ==, 1);
  g_assert_cmpuint (road_host_get_n_ports (host, ROAD_PORT_CLOSED), ==, 2000);
  g_assert_cmpuint (road_port_set_get_n_ports (road_host_get_group (host, 0)->ports), ==, 2000);
}

/* Losing this: a window that shows thousands of hosts redraws them for nothing. */
static void
test_notify (void)
{
  g_autoptr (RoadHost) host = make_host ("192.0.2.1", NULL);
  guint n = 0;

  g_signal_connect (host, "notify", G_CALLBACK (count_notify), &n);
  for (guint i = 0; i < 2; i++)
    {
      road_host_set_state (host, ROAD_HOST_UP, ROAD_REASON_SYN_ACK);
      road_host_set_latency (host, 1234);
      road_host_set_done (host);
      road_host_add_results (host, NULL, 0);
    }
  g_assert_cmpuint (n, ==, 3);
  g_assert_cmpint (road_host_get_state (host), ==, ROAD_HOST_UP);
  g_assert_cmpint (road_host_get_reason (host), ==, ROAD_REASON_SYN_ACK);
  g_assert_cmpuint (road_host_get_latency (host), ==, 1234);
  g_assert_true (road_host_get_done (host));
}

/* Losing this: what another scanner found out about a service is shown at another port, or hides
 * what its number says. */
static void
test_services (void)
{
  g_autoptr (RoadHost) host = make_host ("192.0.2.1", NULL);

  g_assert_false (road_host_has_versions (host));
  g_assert_null (road_host_get_service (host, 22));

  road_host_set_service (host, 22, "ssh", NULL);
  g_assert_null (road_host_get_service (host, 22));
  road_host_set_service (host, 8443, "ssl/http", "nginx 1.22");
  road_host_set_service (host, 80, "http", "Apache");
  road_host_set_service (host, 80, NULL, "Apache 2.4");
  road_host_set_service (host, 2222, "ssh", NULL);

  g_assert_true (road_host_has_versions (host));
  g_assert_cmpstr (road_host_get_service_name (host, 22), ==, "ssh");
  g_assert_cmpstr (road_host_get_service_name (host, 2222), ==, "ssh");
  g_assert_cmpstr (road_host_get_service_name (host, 8443), ==, "ssl/http");
  g_assert_cmpstr (road_host_get_version (host, 8443), ==, "nginx 1.22");
  g_assert_cmpstr (road_host_get_version (host, 80), ==, "Apache 2.4");
  g_assert_null (road_host_get_version (host, 2222));
  g_assert_null (road_host_get_version (host, 443));
}

/* Losing this: a note is lost, told twice, or told of another port. */
static void
test_notes (void)
{
  static const struct
  {
    int port;
    const char *name;
    const char *text;
  } expected[] = {
    { ROAD_NOTE_HOST, ROAD_NOTE_OS, "Linux" },
    { ROAD_NOTE_HOST, ROAD_NOTE_DISTANCE, "1" },
    { 80, "http-title", "Hello" },
    { 80, "http-title", "Goodbye" },
    { 443, "http-title", "Hello" },
  };
  static const guint order[] = { 4, 0, 2, 2, 3, 1, 0 };
  g_autoptr (RoadHost) host = make_host ("192.0.2.1", NULL);

  g_assert_cmpuint (road_host_get_n_notes (host), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    road_host_add_note (host, expected[order[i]].port, expected[order[i]].name,
                        expected[order[i]].text);

  g_assert_cmpuint (road_host_get_n_notes (host), ==, G_N_ELEMENTS (expected));
  for (int port = ROAD_NOTE_HOST; port <= G_MAXUINT16; port++)
    {
      guint first = 0;

      while (first < G_N_ELEMENTS (expected) && expected[first].port < port)
        first++;
      g_assert_cmpuint (road_host_find_note (host, port), ==, first);
    }
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_assert_cmpint (road_host_get_note (host, i)->port, ==, expected[i].port);
      g_assert_cmpstr (road_host_get_note (host, i)->name, ==, expected[i].name);
      g_assert_cmpstr (road_host_get_note (host, i)->text, ==, expected[i].text);
    }
}

/* Losing this: a host that is scanned again loses ports that were not, has some twice, or keeps what is no
 * longer true. */
static void
test_update (void)
{
  const RoadPortResult old_results[] = {
    { .port = 22, .state = ROAD_PORT_OPEN, .reason = ROAD_REASON_SYN_ACK, .latency_us = 1000 },
    { .port = 80, .state = ROAD_PORT_OPEN, .reason = ROAD_REASON_SYN_ACK, .latency_us = 2000 },
    { .port = 443, .state = ROAD_PORT_CLOSED, .reason = ROAD_REASON_CONN_REFUSED },
  };
  const RoadPortResult new_results[] = {
    { .port = 80, .state = ROAD_PORT_CLOSED, .reason = ROAD_REASON_CONN_REFUSED },
    { .port = 8080, .state = ROAD_PORT_OPEN, .reason = ROAD_REASON_SYN_ACK, .latency_us = 3000 },
  };
  RoadAddress address;
  g_autoptr (RoadHost) host = NULL;
  g_autoptr (RoadHost) newer = NULL;
  g_autoptr (RoadPortSet) covered = road_port_set_parse ("80,443,8080", NULL);
  RoadPortResult result;

  g_assert_true (road_address_parse (&address, "192.0.2.1"));
  host = road_host_new (&address, NULL, NULL);
  newer = road_host_new (&address, NULL, NULL);
  road_host_add_results (host, old_results, G_N_ELEMENTS (old_results));
  road_host_set_timed_out (host);
  road_host_add_results (newer, new_results, G_N_ELEMENTS (new_results));
  road_host_set_state (newer, ROAD_HOST_UP, ROAD_REASON_SYN_ACK);
  road_host_set_latency (newer, 500);

  road_host_update (host, newer, NULL);
  g_assert_cmpuint (road_host_get_n_ports (host, ROAD_PORT_OPEN), ==, 2);
  g_assert_cmpuint (road_host_get_n_ports (host, ROAD_PORT_CLOSED), ==, 2);
  g_assert_true (road_host_get_timed_out (host));

  road_host_set_done (newer);
  road_host_update (host, newer, covered);
  g_assert_cmpuint (road_host_get_n_ports (host, ROAD_PORT_OPEN), ==, 2);
  g_assert_cmpuint (road_host_get_n_ports (host, ROAD_PORT_CLOSED), ==, 1);
  g_assert_false (road_host_get_result (host, 443, &result));
  g_assert_true (road_host_get_result (host, 22, &result));
  g_assert_cmpuint (result.latency_us, ==, 1000);
  g_assert_true (road_host_get_result (host, 80, &result));
  g_assert_cmpint (result.state, ==, ROAD_PORT_CLOSED);
  g_assert_cmpuint (result.latency_us, ==, 0);
  g_assert_true (road_host_get_result (host, 8080, &result));
  g_assert_cmpuint (result.latency_us, ==, 3000);
  g_assert_cmpint (road_host_get_state (host), ==, ROAD_HOST_UP);
  g_assert_cmpuint (road_host_get_latency (host), ==, 500);
  g_assert_true (road_host_get_done (host));
  g_assert_false (road_host_get_timed_out (host));
}

static void
add_silent (RoadHost *host, guint first, guint last, guint n_silent)
{
  for (guint port = first; port <= last; port++)
    {
      const RoadPortResult result = { .port = (guint16) port,
                                      .state = ROAD_PORT_FILTERED,
                                      .reason = ROAD_REASON_NO_RESPONSE,
                                      .n_silent = (guint16) n_silent,
                                      .silent_ms = n_silent * 800 };

      road_host_add_results (host, &result, 1);
    }
}

static guint
get_n_silent (RoadHost *host, guint16 port)
{
  RoadPortResult result;

  g_assert_true (road_host_get_result (host, port, &result));
  g_assert_cmpuint (result.silent_ms, ==, result.n_silent * 800);

  return result.n_silent;
}

/* Losing this: users do not learn how often a silent port was tried, or it is kept of so many ports that large
 * scans take more memory. */
static void
test_silences (void)
{
  g_autoptr (RoadHost) host = make_host ("192.0.2.1", NULL);
  g_autoptr (RoadHost) newer = make_host ("192.0.2.1", NULL);

  add_silent (host, 1, 3, 3);
  g_assert_cmpuint (get_n_silent (host, 2), ==, 3);

  /* Checked again. */
  add_silent (newer, 2, 2, 4);
  road_host_update (host, newer, NULL);
  g_assert_cmpuint (get_n_silent (host, 1), ==, 3);
  g_assert_cmpuint (get_n_silent (host, 2), ==, 4);

  add_silent (host, 4, ROAD_HOST_MAX_LISTED, 2);
  g_assert_cmpuint (get_n_silent (host, ROAD_HOST_MAX_LISTED), ==, 2);
  add_silent (host, ROAD_HOST_MAX_LISTED + 1, ROAD_HOST_MAX_LISTED + 1, 2);
  g_assert_cmpuint (get_n_silent (host, 1), ==, 0);
  g_assert_cmpuint (get_n_silent (host, ROAD_HOST_MAX_LISTED + 1), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/host/title", test_title);
  g_test_add_func ("/host/many", test_many);
  g_test_add_func ("/host/listing-rule", test_listing_rule);
  g_test_add_func ("/host/against-table", test_against_table);
  g_test_add_func ("/host/add-group", test_add_group);
  g_test_add_func ("/host/notify", test_notify);
  g_test_add_func ("/host/services", test_services);
  g_test_add_func ("/host/notes", test_notes);

  g_test_add_func ("/host/update", test_update);
  g_test_add_func ("/host/silences", test_silences);

  return g_test_run ();
}
