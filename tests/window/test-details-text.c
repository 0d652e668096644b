/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "engine/base/road-text-escape.h"
#include "ui/details/road-latency-bins.h"
#include "ui/details/road-port-cells.h"
#include "ui/details/road-port-picture.h"
#include "ui/details/road-rate-history.h"
#include "ui/port/road-service-facts.h"
#include "ui/results/road-result-text.h"
#include "ui/widgets/road-address-outcomes.h"
#include "ui/widgets/road-port-lookup.h"

static RoadHost *
make_host (void)
{
  RoadAddress address;

  g_assert_true (road_address_parse (&address, "192.0.2.1"));

  return road_host_new (&address, NULL, NULL);
}

static void
add_ports (RoadHost *host, const char *list, RoadPortState state)
{
  g_autoptr (RoadPortSet) ports = road_port_set_parse (list, NULL);
  const RoadPortGroup group = { .state = state, .ports = ports };

  road_host_add_group (host, &group);
}

/* Losing this: the port map shows a port in a state that it does not have, or counts wrongly. */
static void
test_cells (void)
{
  g_autoptr (RoadHost) host = make_host ();
  g_autofree RoadPortCells *cells = g_new (RoadPortCells, 1);

  add_ports (host, "22,80,65535", ROAD_PORT_OPEN);
  add_ports (host, "0,81-255", ROAD_PORT_CLOSED);
  add_ports (host, "1000-1009", ROAD_PORT_FILTERED);
  add_ports (host, "2000-2001", ROAD_PORT_UNKNOWN);
  road_port_cells_read (cells, host);

  g_assert_cmpuint (cells->n_ports[ROAD_PORT_OPEN], ==, 3);
  g_assert_cmpuint (cells->n_ports[ROAD_PORT_CLOSED], ==, 176);
  g_assert_cmpuint (cells->n_ports[ROAD_PORT_FILTERED], ==, 10);
  g_assert_cmpuint (cells->n_ports[ROAD_PORT_UNKNOWN], ==, 65536 - 189);
  g_assert_cmpint (cells->states[0], ==, ROAD_PORT_CLOSED);
  g_assert_cmpint (cells->states[1], ==, ROAD_PORT_UNKNOWN);
  g_assert_cmpint (cells->states[255], ==, ROAD_PORT_CLOSED);
  g_assert_cmpint (cells->states[256], ==, ROAD_PORT_UNKNOWN);
  g_assert_cmpint (cells->states[1009], ==, ROAD_PORT_FILTERED);
  g_assert_cmpint (cells->states[2000], ==, ROAD_PORT_UNKNOWN);
  g_assert_cmpint (cells->states[65535], ==, ROAD_PORT_OPEN);

  g_assert_cmpint (road_port_cells_find_open (cells, -1, 1), ==, 22);
  g_assert_cmpint (road_port_cells_find_open (cells, 22, 1), ==, 80);
  g_assert_cmpint (road_port_cells_find_open (cells, 65535, 1), ==, ROAD_PORT_CELLS_NONE);
  g_assert_cmpint (road_port_cells_find_open (cells, 65535, -1), ==, 80);
  g_assert_cmpint (road_port_cells_find_open (cells, 22, -1), ==, ROAD_PORT_CELLS_NONE);

  road_port_cells_read (cells, NULL);
  g_assert_cmpuint (cells->n_ports[ROAD_PORT_UNKNOWN], ==, 65536);
}

/* Losing this: an arrow key moves the crosshair to a port that is not beside it, or out of the map. */
static void
test_moves (void)
{
  g_assert_cmpint (road_port_cells_move (256, 1, 0), ==, 257);
  g_assert_cmpint (road_port_cells_move (256, -1, 0), ==, 255);
  g_assert_cmpint (road_port_cells_move (0, -1, 0), ==, 0);
  g_assert_cmpint (road_port_cells_move (65535, 1, 0), ==, 65535);
  g_assert_cmpint (road_port_cells_move (1000, 0, 1), ==, 1256);
  g_assert_cmpint (road_port_cells_move (1000, 0, -16), ==, 232);
  g_assert_cmpint (road_port_cells_move (65000, 0, 16), ==, 65512);
  g_assert_cmpint (road_port_cells_move_to_edge (1000, FALSE), ==, 768);
  g_assert_cmpint (road_port_cells_move_to_edge (1000, TRUE), ==, 1023);
}

/* Losing this: the regions beside the map leave out ports, or have some twice. */
static void
test_regions (void)
{
  guint next = 0;

  for (guint i = 0; i < ROAD_N_PORT_REGIONS; i++)
    {
      const RoadPortRange range = road_port_region_get_range ((RoadPortRegion) i);

      g_assert_cmpuint (range.first, ==, next);
      /* Each begins a row. */
      g_assert_cmpuint (range.first % ROAD_PORT_CELLS_SIDE, ==, 0);
      next = range.last + 1U;
    }
  g_assert_cmpuint (next, ==, ROAD_PORT_CELLS_N);
}

/* Losing this: an open port is a single pixel that nobody sees, or two states look the same. */
static void
test_picture (void)
{
  const RoadPortColors colors = {
    .open = 1, .closed = 2, .filtered = 3, .filtered_weak = 4, .unknown = 5
  };
  g_autoptr (RoadHost) host = make_host ();
  g_autofree RoadPortCells *cells = g_new (RoadPortCells, 1);
  g_autofree guint32 *pixels = g_new (guint32, 512 * 512);
  guint n_open = 0;

  add_ports (host, "25700", ROAD_PORT_OPEN); /* column 100, row 100 */
  add_ports (host, "40000-50000", ROAD_PORT_CLOSED);
  add_ports (host, "50001-60000", ROAD_PORT_FILTERED);
  road_port_cells_read (cells, host);

  road_port_picture_draw (pixels, 256, 1, cells, &colors);
  for (guint i = 0; i < 256 * 256; i++)
    n_open += pixels[i] == colors.open;
  g_assert_cmpuint (n_open, >=, 80);
  g_assert_cmpuint (pixels[100 * 256 + 100], ==, colors.open);
  g_assert_cmpuint (pixels[100 * 256 + 105], ==, colors.open);
  g_assert_cmpuint (pixels[100 * 256 + 107], !=, colors.open);
  for (guint i = 0; i < 1000; i++)
    {
      g_assert_true (pixels[i] == colors.unknown || pixels[i] == 0);
      g_assert_true (pixels[40000 + i] == colors.closed);
      g_assert_true (pixels[55000 + i] == colors.filtered ||
                     pixels[55000 + i] == colors.filtered_weak);
    }

  /* Each cell is as large as the others. */
  road_port_picture_draw (pixels, 512, 2, cells, &colors);
  g_assert_cmpuint (pixels[200 * 512 + 200], ==, colors.open);
  g_assert_cmpuint (pixels[2 * (40000 / 256 + 1) * 512], ==, colors.closed);
}

static void
check_lookup (const char *text, RoadHost *host, int expected)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (road_port_lookup (text, host, &error), ==, expected);
  if (expected != -1)
    g_assert_no_error (error);
  else
    g_assert_cmpuint (strlen (error->message), >, 20);
}

/* Losing this: Go to Port goes to another port than the user typed, or nowhere without saying why. */
static void
test_lookup (void)
{
  g_autoptr (RoadHost) host = make_host ();

  check_lookup ("22", NULL, 22);
  check_lookup (" 0 ", NULL, 0);
  check_lookup ("65535", NULL, 65535);
  check_lookup ("65536", NULL, -1);
  check_lookup ("99999999999999999999", NULL, -1);
  check_lookup ("", NULL, -1);
  check_lookup ("-1", NULL, -1);
  check_lookup ("no such service", NULL, -1);
  check_lookup ("*", NULL, -1);
  check_lookup ("SSH", NULL, 22);
  check_lookup ("https", NULL, 443);

  /* Where this host has it. */
  add_ports (host, "2222", ROAD_PORT_OPEN);
  road_host_set_service (host, 2222, "ssh", NULL);
  check_lookup ("ssh", host, 2222);
  check_lookup ("https", host, 443);
}

/* Losing this: the histogram shows a wrong median, or all round-trip times in one bar. */
static void
test_latencies (void)
{
  guint32 same[] = { 500, 500, 500 };
  guint32 even[] = { 4000, 1000, 3000, 2000 };
  guint32 wide[] = { 100, 1000000, 1000, 200, 150 };
  RoadLatencyBins bins;
  guint n = 0;

  road_latency_bins_fill (&bins, NULL, 0);
  g_assert_cmpuint (bins.n, ==, 0);

  road_latency_bins_fill (&bins, same, 3);
  g_assert_cmpuint (bins.median, ==, 500);
  g_assert_cmpuint (bins.counts[ROAD_LATENCY_N_BINS / 2], ==, 3);
  g_assert_cmpuint (bins.largest, ==, 3);

  road_latency_bins_fill (&bins, even, 4);
  g_assert_cmpuint (bins.least, ==, 1000);
  g_assert_cmpuint (bins.median, ==, 2500);
  g_assert_cmpuint (bins.greatest, ==, 4000);
  g_assert_false (bins.logarithmic);
  g_assert_cmpuint (bins.counts[0], ==, 1);
  g_assert_cmpuint (bins.counts[8], ==, 1);
  g_assert_cmpuint (bins.counts[ROAD_LATENCY_N_BINS - 1], ==, 1);

  road_latency_bins_fill (&bins, wide, 5);
  g_assert_true (bins.logarithmic);
  g_assert_cmpuint (bins.median, ==, 200);
  g_assert_cmpfloat_with_epsilon (road_latency_bins_locate (&bins, 10000), 0.5, 0.001);
  for (guint i = 0; i < ROAD_LATENCY_N_BINS; i++)
    n += bins.counts[i];
  g_assert_cmpuint (n, ==, 5);
  g_assert_cmpuint (bins.largest, <, 3);
}

/* Losing this: the graph of the rate shows a wrong time, or the limit from before it was found. */
static void
test_rates (void)
{
  const gint64 begin = 1000 * G_USEC_PER_SEC;
  const gint64 slot = ROAD_RATE_HISTORY_SLOT;
  RoadRateHistory history = { .n = 0 };
  guint age;

  g_assert_cmpfloat (road_rate_history_get (&history, 0), ==, -1);
  road_rate_history_add (&history, begin, 100, 0);
  road_rate_history_add (&history, begin + slot / 2, 200, 0);
  g_assert_cmpfloat (road_rate_history_get (&history, 0), ==, 200);
  g_assert_cmpfloat (road_rate_history_get (&history, 1), ==, -1);

  /* Nothing was added for a second. */
  road_rate_history_add (&history, begin + 3 * slot, 50, 800);
  g_assert_cmpfloat (road_rate_history_get (&history, 0), ==, 50);
  g_assert_cmpfloat (road_rate_history_get (&history, 1), ==, 0);
  g_assert_cmpfloat (road_rate_history_get (&history, 3), ==, 200);
  g_assert_cmpfloat (road_rate_history_get (&history, 4), ==, -1);
  g_assert_cmpfloat (road_rate_history_get_peak (&history), ==, 200);

  road_rate_history_add (&history, begin + 5 * slot, 60, 700);
  g_assert_cmpfloat (road_rate_history_get_limit (&history, &age), ==, 700);
  g_assert_cmpuint (age, ==, 2);

  /* Only the last minute is remembered. */
  for (guint i = 6; i < 500; i++)
    road_rate_history_add (&history, begin + i * slot, 10, 700);
  g_assert_cmpfloat (road_rate_history_get (&history, ROAD_RATE_HISTORY_N - 1), ==, 10);
  g_assert_cmpfloat (road_rate_history_get (&history, ROAD_RATE_HISTORY_N), ==, -1);
  g_assert_cmpfloat (road_rate_history_get_peak (&history), ==, 10);
  road_rate_history_get_limit (&history, &age);
  g_assert_cmpuint (age, ==, ROAD_RATE_HISTORY_N);
  road_rate_history_add (&history, begin + 5000 * slot, 30, 0);
  g_assert_cmpfloat (road_rate_history_get (&history, 1), ==, -1);
  g_assert_cmpfloat (road_rate_history_get_limit (&history, &age), ==, 0);

  g_assert_cmpfloat (road_rate_history_round_up (0), ==, 1);
  g_assert_cmpfloat (road_rate_history_round_up (200), ==, 200);
  g_assert_cmpfloat (road_rate_history_round_up (201), ==, 500);
  g_assert_cmpfloat (road_rate_history_round_up (7000), ==, 10000);
}

static void
add_host (RoadReport *report, const char *text, RoadHostState state, gboolean done)
{
  g_autoptr (GPtrArray) hosts = g_ptr_array_new_with_free_func (g_object_unref);
  RoadAddress address;
  RoadHost *host;

  g_assert_true (road_address_parse (&address, text));
  host = road_host_new (&address, NULL, NULL);
  road_host_set_state (host, state, ROAD_REASON_NONE);
  if (done)
    road_host_set_done (host);
  g_ptr_array_add (hosts, host);
  road_report_add_hosts (report, hosts);
}

/* Losing this: addresses are missing from the details of the scan, or counted twice. */
static void
test_outcomes (void)
{
  g_autoptr (RoadProfile) profile = road_profile_new (NULL);
  g_autoptr (RoadReport) report = road_report_new ("192.0.2.0/28", profile);
  RoadAddressOutcomes outcomes;

  road_report_set_n_targets (report, 16);
  road_report_set_n_excluded (report, 2);
  road_report_add_down (report, 4);
  add_host (report, "192.0.2.1", ROAD_HOST_UP, TRUE);
  add_host (report, "192.0.2.2", ROAD_HOST_UNKNOWN, TRUE);
  add_host (report, "192.0.2.3", ROAD_HOST_UNKNOWN, FALSE);

  road_address_outcomes_count (&outcomes, report);
  g_assert_cmpuint (outcomes.n_up, ==, 1);
  g_assert_cmpuint (outcomes.n_down, ==, 4);
  g_assert_cmpuint (outcomes.n_silent, ==, 1);
  g_assert_cmpuint (outcomes.n_left, ==, 10);
  g_assert_cmpuint (outcomes.n_excluded, ==, 2);

  road_report_finish (report, ROAD_REPORT_STOPPED, NULL, 1);
  road_address_outcomes_count (&outcomes, report);
  g_assert_cmpuint (outcomes.n_silent, ==, 2);
  g_assert_cmpuint (outcomes.n_left, ==, 9);

  road_report_finish (report, ROAD_REPORT_FINISHED, NULL, 1);
  road_address_outcomes_count (&outcomes, report);
  g_assert_cmpuint (outcomes.n_silent, ==, 11);
  g_assert_cmpuint (outcomes.n_left, ==, 0);
}

/* Losing this: a file with one long text, such as what a script was answered, freezes the window. */
static void
test_long_texts (void)
{
  g_autoptr (RoadHost) host = make_host ();
  g_autofree char *lines = g_malloc (12000001);
  g_autofree char *line = g_strnfill (20000000, 'x');
  g_autofree char *evil = g_strnfill (20000000, '\033');
  const char *const texts[] = { lines, line, evil };
  const gint64 begin = g_get_monotonic_time ();

  for (guint i = 0; i < 12000000; i++)
    lines[i] = i % 2 == 0 ? 'o' : '\n';
  lines[12000000] = '\0';

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *label = road_text_label (texts[i]);
      g_autofree char *notes = NULL;
      g_autofree char *version = NULL;

      g_assert_cmpint (g_utf8_strlen (label, -1), <=, 4 * 500 + 1);
      g_assert_true (g_str_has_suffix (label, "…"));
      road_host_add_note (host, 80 + (int) i, "script", texts[i]);
      notes = road_result_text_notes (host, 80 + (int) i);
      version = road_result_text_version (host, 80 + (int) i);
      g_assert_cmpuint (strlen (notes), <, 4000);
      g_assert_true (g_str_has_suffix (notes, "…"));
      g_assert_cmpuint (strlen (version), <, 4000);
    }

  for (guint i = 0; i < 10000; i++)
    {
      g_autofree char *text = g_strdup_printf ("%u", i);

      road_host_add_note (host, 443, "script", text);
    }
  {
    g_autofree char *notes = road_result_text_notes (host, 443);

    g_assert_cmpuint (strlen (notes), <, 4000);
    g_assert_true (g_str_has_prefix (notes, "script: 0\nscript: 1\n"));
    g_assert_true (g_str_has_suffix (notes, "\n…"));
  }
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 30 * G_USEC_PER_SEC);
}

static void
assert_facts (RoadHost *host, guint16 port, const char *expected)
{
  /* 1 December 2026 */
  g_autoptr (GPtrArray) facts = road_service_facts_list (host, port, 1796083200);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < facts->len; i++)
    {
      const RoadServiceFact *fact = g_ptr_array_index (facts, i);

      g_string_append_printf (text, "%s: %s|", fact->title, fact->text);
    }

  g_assert_cmpstr (text->str, ==, expected);
}

/* Losing this: what a service said is missing, or is shown as something else, or its owner makes the window say what he
 * wants. */
static void
test_service_facts (void)
{
  const RoadService services[] = {
    { .port = 22,
      .confidence = 10,
      .product = (char *) "OpenSSH",
      .version = (char *) "9.2p1",
      .extra_info = (char *) "protocol 2.0" },
    { .port = 443,
      .confidence = 10,
      .name = (char *) "ssl/http",
      .product = (char *) "nginx",
      .version = (char *) "1.22" },
  };
  g_autoptr (RoadHost) host = make_host ();

  road_host_add_services (host, services, G_N_ELEMENTS (services));
  road_host_add_note (host, 443, ROAD_NOTE_CERTIFICATE,
                      "Subject: commonName=nas/organizationName=Home/Lab\n"
                      "Subject Alternative Name: DNS:nas, DNS:nas.lan, IP Address:192.0.2.1\n"
                      "Issuer: commonName=Root\n"
                      "Public Key type: rsa\nPublic Key bits: 2048\n"
                      "Not valid before: 2024-01-02T03:04:05\n"
                      "Not valid after:  2026-12-11T00:00:00\n"
                      "SHA-256: 0123 4567");
  road_host_add_note (host, 443, ROAD_NOTE_TLS_PROTOCOL, "TLS 1.3");
  road_host_add_note (host, 443, ROAD_NOTE_TLS_ALPN, "http/1.1");
  road_host_add_note (host, 443, ROAD_NOTE_HTTP_STATUS, "302 Found");
  road_host_add_note (host, 443, ROAD_NOTE_HTTP_SERVER, "nginx/1.22");
  road_host_add_note (host, 443, ROAD_NOTE_HTTP_REDIRECT, "/login");
  road_host_add_note (host, 443, ROAD_NOTE_HTTP_TITLE, "<b>My\033[31m page</b>");
  road_host_add_note (host, 80, "http-robots", "one\ntwo");
  road_host_add_note (host, 80, ROAD_NOTE_HTTP_SERVER, "Apache");
  road_host_add_note (host, 81, ROAD_NOTE_BANNER, "hello");
  road_host_add_note (host, 82, ROAD_NOTE_CERTIFICATE,
                      "Subject: commonName=old\nIssuer: commonName=old\n"
                      "Not valid after:  2026-11-11T00:00:00");

  assert_facts (host, 22, "Program: OpenSSH|Version: 9.2p1|Details: protocol 2.0|");
  assert_facts (host, 23, "");
  assert_facts (host, 80, "http-robots: one\ntwo|Server: Apache|");
  assert_facts (host, 81, "It said: hello|");
  assert_facts (host, 82,
                "Certificate of: old|Issued by: old (self-signed)|"
                "Valid until: 11 November 2026, 00:00 (expired)|");
  assert_facts (host, 443,
                "Program: nginx|Version: 1.22|Status: 302 Found|Redirects to: /login|Page: "
                "<b>My\\027[31m page</b>|"
                "Encryption: TLS 1.3, for http/1.1|Certificate of: nas, Home/Lab|"
                "Names: nas\nnas.lan\n192.0.2.1|Issued by: Root|"
                "Valid from: 2 January 2024, 03:04|"
                "Valid until: 11 December 2026, 00:00 (10 days left)|"
                "Key: RSA, 2048 bits|SHA-256: 01234567|");
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/details/service-facts", test_service_facts);
  g_test_add_func ("/details/port-cells", test_cells);
  g_test_add_func ("/details/port-moves", test_moves);
  g_test_add_func ("/details/port-regions", test_regions);
  g_test_add_func ("/details/port-picture", test_picture);
  g_test_add_func ("/details/port-lookup", test_lookup);
  g_test_add_func ("/details/long-texts", test_long_texts);
  g_test_add_func ("/details/latencies", test_latencies);
  g_test_add_func ("/details/rates", test_rates);
  g_test_add_func ("/details/address-outcomes", test_outcomes);

  return g_test_run ();
}
