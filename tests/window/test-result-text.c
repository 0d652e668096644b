/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "models-fixture.h"
#include "ui/results/road-result-text.h"
#include "ui/widgets/road-reason-text.h"

/* Losing this: misleading times. */
static void
test_texts (void)
{
  static const struct
  {
    guint latency_us;
    const char *text;
  } latencies[] = {
    { 0, "" },          { 1, "0.01 ms" },   { 70, "0.07 ms" },      { 994, "0.99 ms" },
    { 995, "1.0 ms" },  { 9949, "9.9 ms" }, { 9950, "10 ms" },      { 95000, "95 ms" },
    { 95400, "95 ms" }, { 999, "1.0 ms" },  { 1234567, "1235 ms" },
  };
  static const struct
  {
    double seconds;
    const char *text;
  } durations[] = {
    { 0, "0.0 s" },        { 1.24, "1.2 s" },     { 9.94, "9.9 s" },
    { 9.96, "10 s" },      { 59.4, "59 s" },      { 59.6, "1 min 0 s" },
    { 200, "3 min 20 s" }, { 3600, "1 h 0 min" }, { 3901, "1 h 5 min" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (latencies); i++)
    {
      g_autofree char *text = road_result_text_latency (latencies[i].latency_us);

      g_assert_cmpstr (text, ==, latencies[i].text);
    }

  for (guint i = 0; i < G_N_ELEMENTS (durations); i++)
    {
      g_autofree char *text = road_result_text_duration (durations[i].seconds);

      g_assert_cmpstr (text, ==, durations[i].text);
    }
}

/* Losing this: a reason is shown without an explanation. */
static void
test_reasons_explained (void)
{
  for (guint reason = ROAD_REASON_NONE + 1; reason < ROAD_N_REASONS; reason++)
    {
      g_autofree char *text = road_reason_text_describe ((RoadReason) reason, NULL);

      g_assert_nonnull (road_reason_text_explain ((RoadReason) reason));
      g_assert_cmpstr (text, !=, "");
    }
}

/* Losing this: nobody sees from a collapsed host what it offers, or reads what its row says. */
static void
test_rows_in_words (void)
{
  g_autoptr (RoadHost) host = new_host ("192.0.2.1");
  RoadPortResult result = new_result (25, ROAD_PORT_FILTERED, 0);
  g_autoptr (RoadPortRow) port = NULL;
  g_autofree char *none = road_result_text_open_ports (host, 20);
  g_autofree char *few = NULL;
  g_autofree char *many = NULL;
  g_autofree char *host_text = NULL;
  g_autofree char *port_text = NULL;

  g_assert_cmpstr (none, ==, "");
  road_host_set_state (host, ROAD_HOST_UP, ROAD_REASON_SYN_ACK);
  add_result (host, 22, ROAD_PORT_OPEN, 100);
  add_result (host, 80, ROAD_PORT_OPEN, 100);
  few = road_result_text_open_ports (host, 20);
  g_assert_cmpstr (few, ==, "ssh 22, http 80");

  for (guint16 i = 0; i < 10; i++)
    add_result (host, (guint16) (60001 + i), ROAD_PORT_OPEN, 100);
  many = road_result_text_open_ports (host, 20);
  g_assert_cmpstr (many, ==, "ssh 22, http 80, +10");

  host_text = road_result_text_row (G_OBJECT (host));
  g_assert_true (
      g_str_has_prefix (host_text, "192.0.2.1, up, 12 open ports: ssh 22, http 80, 60001"));

  result.reason = ROAD_REASON_ADMIN_PROHIBITED;
  g_assert_true (road_address_parse (&result.reason_from, "10.0.0.1"));
  port = road_port_row_new (host, &result);
  port_text = road_result_text_row (G_OBJECT (port));
  g_assert_cmpstr (port_text, ==, "Port 25, filtered, smtp, blocked by 10.0.0.1");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/result-text/times", test_texts);
  g_test_add_func ("/result-text/reasons-explained", test_reasons_explained);
  g_test_add_func ("/result-text/rows-in-words", test_rows_in_words);

  return g_test_run ();
}
