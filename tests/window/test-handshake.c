/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <locale.h>

#include "../unit/comma-locale.h"
#include "ui/port/road-handshake-layout.h"
#include "ui/port/road-handshake-text.h"
#include "ui/port/road-port-sentence.h"
#include "ui/port/road-port-uri.h"
#include "ui/port/road-service-purpose.h"

static RoadAddress
parse (const char *text)
{
  RoadAddress address;

  g_assert_true (road_address_parse (&address, text));

  return address;
}

static const RoadPacket *
get_packet (const RoadHandshake *handshake, guint i)
{
  g_assert_cmpuint (i, <, handshake->packets->len);

  return &g_array_index (handshake->packets, RoadPacket, i);
}

static void
assert_packet (const RoadHandshake *handshake,
               guint i,
               RoadPacketKind kind,
               gint64 at_us,
               gboolean measured,
               gboolean lost)
{
  const RoadPacket *packet = get_packet (handshake, i);

  g_assert_cmpint (packet->kind, ==, kind);
  g_assert_cmpint (packet->incoming ? packet->arrived_us : packet->sent_us, ==, at_us);
  g_assert_cmpint (packet->measured, ==, measured);
  g_assert_cmpint (packet->lost, ==, lost);
  g_assert_cmpint (packet->sent_us, <=, packet->arrived_us);
  g_assert_cmpint (packet->arrived_us, <=, handshake->duration_us);
}

static void
assert_description (const RoadHandshake *handshake, const char *expected)
{
  g_autofree char *text = road_handshake_text_describe (handshake, "nas.lan");

  g_assert_cmpstr (text, ==, expected);
}

/* Losing this: the picture of an open port shows times that nobody measured as if they were. */
static void
test_open (void)
{
  const RoadAddress target = parse ("192.0.2.1");
  const RoadPortResult result = {
    .port = 443, .state = ROAD_PORT_OPEN, .reason = ROAD_REASON_SYN_ACK, .latency_us = 12400
  };
  const RoadConnectTrace trace = { .local_port = 51234,
                                   .n_syns = 1,
                                   .ended = TRUE,
                                   .kind = ROAD_OUTCOME_STATE,
                                   .state = ROAD_PORT_OPEN,
                                   .reason = ROAD_REASON_SYN_ACK,
                                   .rtt_us = 12000,
                                   .ended_us = 13000 };
  g_autoptr (RoadHandshake) scanned = road_handshake_new_from_result (&result, &target, 0, FALSE);
  g_autoptr (RoadHandshake) half_open = road_handshake_new_from_result (&result, &target, 0, TRUE);
  g_autoptr (RoadHandshake) checked =
      road_handshake_new_from_trace (&trace, &target, 443, 0, 13000);

  g_assert_cmpuint (scanned->packets->len, ==, 4);
  assert_packet (scanned, 0, ROAD_PACKET_SYN, 0, TRUE, FALSE);
  assert_packet (scanned, 1, ROAD_PACKET_SYN_ACK, 12400, TRUE, FALSE);
  assert_packet (scanned, 2, ROAD_PACKET_ACK, 12400, FALSE, FALSE);
  assert_packet (scanned, 3, ROAD_PACKET_RST, 12400, FALSE, FALSE);

  /* A SYN scan never completes the handshake. */
  g_assert_cmpuint (half_open->packets->len, ==, 3);
  assert_packet (half_open, 2, ROAD_PACKET_RST, 12400, FALSE, FALSE);

  assert_packet (checked, 1, ROAD_PACKET_SYN_ACK, 12000, TRUE, FALSE);
  assert_packet (checked, 3, ROAD_PACKET_RST, 13000, TRUE, FALSE);
  g_assert_cmpint (road_handshake_get_scale (checked), ==, checked->duration_us);
  assert_description (checked, "Packets between this computer, port 51234, and nas.lan, port 443:\n"
                               "0 ms: SYN sent\n"
                               "12.0 ms: SYN-ACK received from nas.lan\n"
                               "about 12.0 ms: ACK sent\n"
                               "13.0 ms: RST sent\n"
                               "Solid lines were measured, dashed ones are inferred.");
}

/* Losing this: a closed port looks as if its reply had been timed, or like an open one. */
static void
test_refused (void)
{
  const RoadAddress target = parse ("192.0.2.1");
  const RoadPortResult result = { .port = 25,
                                  .state = ROAD_PORT_CLOSED,
                                  .reason = ROAD_REASON_CONN_REFUSED };
  const RoadConnectTrace trace = { .n_syns = 1,
                                   .ended = TRUE,
                                   .kind = ROAD_OUTCOME_STATE,
                                   .state = ROAD_PORT_CLOSED,
                                   .reason = ROAD_REASON_CONN_REFUSED,
                                   .ended_us = 400 };
  g_autoptr (RoadHandshake) guessed =
      road_handshake_new_from_result (&result, &target, 2000, FALSE);
  g_autoptr (RoadHandshake) unknown = road_handshake_new_from_result (&result, &target, 0, FALSE);
  g_autoptr (RoadHandshake) checked = road_handshake_new_from_trace (&trace, &target, 25, 0, 400);

  g_assert_cmpuint (guessed->packets->len, ==, 2);
  assert_packet (guessed, 1, ROAD_PACKET_RST, 2000, FALSE, FALSE);
  g_assert_cmpint (guessed->inferred, ==, ROAD_INFERRED_REPLY);
  g_assert_cmpint (unknown->inferred, ==, ROAD_INFERRED_NO_TIME);
  assert_description (unknown,
                      "Packets between this computer and nas.lan, port 25:\n"
                      "SYN sent\n"
                      "RST received from nas.lan\n"
                      "Inferred from the port’s state, not to scale: no times are recorded.");

  g_assert_cmpint (checked->inferred, ==, 0);
  assert_packet (checked, 1, ROAD_PACKET_RST, 400, TRUE, FALSE);
}

/* Losing this: attempts that nobody counted, or at times that nobody knows, are shown as facts. */
static void
test_silent (void)
{
  const RoadAddress target = parse ("192.0.2.1");
  RoadPortResult result = { .port = 443,
                            .state = ROAD_PORT_FILTERED,
                            .reason = ROAD_REASON_NO_RESPONSE };
  RoadConnectTrace trace = { .n_syns = 2, .syn_us = { 0, 1003000 } };
  g_autoptr (RoadHandshake) unknown = road_handshake_new_from_result (&result, &target, 0, FALSE);
  g_autoptr (RoadHandshake) scanned = NULL;
  g_autoptr (RoadHandshake) running = NULL;
  g_autoptr (RoadHandshake) checked = NULL;

  g_assert_cmpint (unknown->inferred, ==, ROAD_INFERRED_COUNT | ROAD_INFERRED_NO_TIME);
  assert_packet (unknown, 0, ROAD_PACKET_SYN, 0, FALSE, TRUE);

  result.n_silent = 3;
  result.silent_ms = 2400;
  scanned = road_handshake_new_from_result (&result, &target, 0, FALSE);
  g_assert_cmpuint (scanned->packets->len, ==, 3);
  g_assert_cmpint (scanned->inferred, ==, ROAD_INFERRED_TIMES);
  assert_packet (scanned, 0, ROAD_PACKET_SYN, 0, TRUE, TRUE);
  assert_packet (scanned, 2, ROAD_PACKET_SYN, 1600000, FALSE, TRUE);
  g_assert_cmpint (scanned->gave_up_us, ==, 2400000);

  running = road_handshake_new_from_trace (&trace, &target, 443, 0, 1500000);
  g_assert_false (running->ended);
  g_assert_cmpint (running->duration_us, ==, 1500000);
  g_assert_cmpint (running->gave_up_us, ==, 0);

  trace.n_syns = 3;
  trace.syn_us[2] = 3010000;
  trace.ended = TRUE;
  trace.kind = ROAD_OUTCOME_NO_ANSWER;
  trace.ended_us = 4000000;
  checked = road_handshake_new_from_trace (&trace, &target, 443, 0, 4000000);
  assert_packet (checked, 2, ROAD_PACKET_SYN, 3010000, TRUE, TRUE);
  assert_description (checked, "Packets between this computer and nas.lan, port 443:\n"
                               "0 ms: SYN sent, no reply\n"
                               "1.00 s: SYN sent, no reply\n"
                               "3.01 s: SYN sent, no reply\n"
                               "4.00 s: gave up\n"
                               "Solid lines were measured, dashed ones are inferred.");
}

/* Losing this: a late reply seems to belong to the first SYN. */
static void
test_late (void)
{
  const RoadAddress target = parse ("192.0.2.1");
  const RoadConnectTrace trace = { .n_syns = 2,
                                   .syn_us = { 0, 1000000 },
                                   .ended = TRUE,
                                   .kind = ROAD_OUTCOME_STATE,
                                   .state = ROAD_PORT_OPEN,
                                   .reason = ROAD_REASON_SYN_ACK,
                                   .rtt_us = 1012000,
                                   .ended_us = 1012000 };
  g_autoptr (RoadHandshake) handshake =
      road_handshake_new_from_trace (&trace, &target, 443, 0, 1012000);

  assert_packet (handshake, 0, ROAD_PACKET_SYN, 0, TRUE, TRUE);
  assert_packet (handshake, 1, ROAD_PACKET_SYN, 1000000, TRUE, FALSE);
  assert_packet (handshake, 2, ROAD_PACKET_SYN_ACK, 1012000, TRUE, FALSE);
}

/* Losing this: a firewall's rejection seems to come from the host. */
static void
test_rejected (void)
{
  const RoadAddress target = parse ("192.0.2.1");
  const RoadConnectTrace trace = { .n_syns = 1,
                                   .ended = TRUE,
                                   .kind = ROAD_OUTCOME_STATE,
                                   .state = ROAD_PORT_FILTERED,
                                   .reason = ROAD_REASON_ADMIN_PROHIBITED,
                                   .reason_from = parse ("192.0.2.254"),
                                   .ended_us = 800 };
  RoadConnectTrace own = trace;
  g_autoptr (RoadHandshake) handshake = road_handshake_new_from_trace (&trace, &target, 25, 0, 800);
  g_autoptr (RoadHandshake) by_host = NULL;

  g_assert_true (handshake->has_router);
  assert_packet (handshake, 1, ROAD_PACKET_ICMP, 800, TRUE, FALSE);
  assert_description (handshake, "Packets between this computer and nas.lan, port 25:\n"
                                 "0 ms: SYN sent\n"
                                 "0.80 ms: ICMP error received from 192.0.2.254\n"
                                 "Solid lines were measured, dashed ones are inferred.");

  own.reason_from = target;
  by_host = road_handshake_new_from_trace (&own, &target, 25, 0, 800);
  g_assert_false (by_host->has_router);
}

/* Losing this: our own machine's failure looks like a silent port. */
static void
test_local_failure (void)
{
  const RoadAddress target = parse ("192.0.2.1");
  const RoadConnectTrace trace = { .ended = TRUE, .kind = ROAD_OUTCOME_LOCAL_ERROR };
  g_autoptr (RoadHandshake) handshake = road_handshake_new_from_trace (&trace, &target, 25, 0, 0);

  g_assert_true (handshake->failed_here);
  g_assert_cmpuint (handshake->packets->len, ==, 0);
  assert_description (handshake, "Packets between this computer and nas.lan, port 25:\n"
                                 "No SYN left this computer.");
}

/* Losing this: reasons that no packet tells get a picture of packets. */
static void
test_no_packets (void)
{
  const RoadAddress target = parse ("192.0.2.1");
  const RoadReason reasons[] = { ROAD_REASON_NONE, ROAD_REASON_USER_SET, ROAD_REASON_HOST_TIMEOUT };

  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    {
      const RoadPortResult result = { .port = 1, .reason = (guint8) reasons[i] };

      g_assert_null (road_handshake_new_from_result (&result, &target, 0, FALSE));
    }
}

static RoadHost *
make_host (gboolean up)
{
  const RoadAddress address = parse ("192.0.2.1");
  RoadHost *host = road_host_new (&address, NULL, NULL);

  if (up)
    road_host_set_state (host, ROAD_HOST_UP, ROAD_REASON_CONN_REFUSED);

  return host;
}

/* Losing this: users do not learn why a port has its state, or learn something wrong. */
static void
test_sentences (void)
{
  const RoadAddress router = parse ("192.0.2.254");
  const RoadAddress self = parse ("192.0.2.1");
  const struct
  {
    gboolean up;
    RoadPortResult result;
    const char *expected;
  } table[] = {
    { TRUE,
      { .state = ROAD_PORT_OPEN, .reason = ROAD_REASON_SYN_ACK, .latency_us = 12400 },
      "The connection was accepted after 12.4 ms: a program listens on this port." },
    { TRUE,
      { .state = ROAD_PORT_OPEN, .reason = ROAD_REASON_SYN_ACK },
      "The connection was accepted: a program listens on this port." },
    { TRUE,
      { .state = ROAD_PORT_CLOSED, .reason = ROAD_REASON_CONN_REFUSED },
      "The host refused the connection: it is up, but nothing listens on this port." },
    { TRUE,
      { .state = ROAD_PORT_FILTERED,
        .reason = ROAD_REASON_NO_RESPONSE,
        .n_silent = 3,
        .silent_ms = 2400 },
      "No reply to 3 attempts in 2.4 s. A firewall probably drops these packets; a closed port "
      "would "
      "have answered." },
    { TRUE,
      { .state = ROAD_PORT_FILTERED, .reason = ROAD_REASON_NO_RESPONSE },
      "No reply. A firewall probably drops these packets; a closed port would have answered." },
    { FALSE,
      { .state = ROAD_PORT_FILTERED,
        .reason = ROAD_REASON_NO_RESPONSE,
        .n_silent = 1,
        .silent_ms = 1000 },
      "No reply to 1 attempt in 1.0 s. A firewall drops these packets, or there is no host at this "
      "address." },
    { TRUE,
      { .state = ROAD_PORT_FILTERED, .reason = ROAD_REASON_PORT_UNREACH, .reason_from = router },
      "192.0.2.254 rejected the connection. A firewall on the way blocks this port." },
    { TRUE,
      { .state = ROAD_PORT_FILTERED, .reason = ROAD_REASON_PORT_UNREACH, .reason_from = self },
      "The host rejected the connection with an ICMP error. Its own firewall blocks this port." },
    { FALSE,
      { .state = ROAD_PORT_FILTERED, .reason = ROAD_REASON_HOST_UNREACH, .reason_from = router },
      "192.0.2.254 could not reach the host, which is probably off." },
    { FALSE,
      { .state = ROAD_PORT_FILTERED, .reason = ROAD_REASON_NET_UNREACH },
      "A router has no route to the network." },
    { TRUE,
      { .state = ROAD_PORT_OPEN, .reason = ROAD_REASON_NONE },
      "The file does not say how the scanner found this out." },
    { TRUE, { .state = ROAD_PORT_UNKNOWN }, "This port was not scanned." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (RoadHost) host = make_host (table[i].up);
      g_autofree char *text = road_port_sentence_describe (host, &table[i].result);

      g_assert_cmpstr (text, ==, table[i].expected);
    }
}

/* Losing this: some reason has no sentence. */
static void
test_all_reasons (void)
{
  for (guint reason = 0; reason < ROAD_N_REASONS; reason++)
    {
      const RoadPortResult result = { .state = ROAD_PORT_FILTERED, .reason = (guint8) reason };
      g_autoptr (RoadHost) host = make_host (TRUE);
      g_autofree char *text = road_port_sentence_describe (host, &result);

      g_assert_true (g_str_has_suffix (text, "."));
    }
}

#define LENGTH 170
#define LINE_HEIGHT 15

/* Losing this: times and names of packets cover each other when a reply comes soon after a retry, or the picture is
 * not to scale. */
static void
test_layout (void)
{
  const RoadAddress target = parse ("192.0.2.1");
  const RoadConnectTrace trace = { .n_syns = 3,
                                   .syn_us = { 0, 1000000, 3000000 },
                                   .ended = TRUE,
                                   .kind = ROAD_OUTCOME_STATE,
                                   .state = ROAD_PORT_OPEN,
                                   .reason = ROAD_REASON_SYN_ACK,
                                   .rtt_us = 3000200,
                                   .ended_us = 3000200 };
  g_autoptr (RoadHandshake) handshake =
      road_handshake_new_from_trace (&trace, &target, 443, 0, 3000200);
  g_autoptr (GArray) marks = road_handshake_layout_make_marks (handshake, LENGTH, LINE_HEIGHT);
  guint n_times = 0;

  g_assert_cmpfloat_with_epsilon (road_handshake_layout_get_y (handshake, 1500000, LENGTH),
                                  LENGTH / 2.0, 0.1);
  for (guint i = 0; i < marks->len; i++)
    {
      const RoadHandshakeMark *mark = &g_array_index (marks, RoadHandshakeMark, i);
      const RoadHandshakeMark *above = i > 0 ? mark - 1 : NULL;

      n_times += mark->place == ROAD_MARK_TIME;
      g_assert_cmpfloat (mark->y, >=, mark->at);
      if (above != NULL && above->place == mark->place)
        g_assert_cmpfloat (mark->y - above->y, >=, LINE_HEIGHT - 0.001);
      g_assert_cmpfloat (road_handshake_layout_get_bottom (marks, LENGTH, LINE_HEIGHT), >=,
                         mark->y + LINE_HEIGHT / 2.0);
    }
  /* 0 ms, 1 s and 3 s: that the last two differ does not show. */
  g_assert_cmpuint (n_times, ==, 3);
}

/* Losing this: a connection that is closed late squeezes its handshake into one line. */
static void
test_break (void)
{
  const RoadAddress target = parse ("192.0.2.1");
  const RoadConnectTrace trace = { .n_syns = 1,
                                   .ended = TRUE,
                                   .kind = ROAD_OUTCOME_STATE,
                                   .state = ROAD_PORT_OPEN,
                                   .reason = ROAD_REASON_SYN_ACK,
                                   .rtt_us = 40,
                                   .ended_us = 3000 };
  g_autoptr (RoadHandshake) handshake =
      road_handshake_new_from_trace (&trace, &target, 443, 0, 3000);

  g_assert_true (road_handshake_layout_has_break (handshake));
  g_assert_cmpfloat_with_epsilon (road_handshake_layout_get_y (handshake, 40, LENGTH),
                                  LENGTH * 2 / 3.0, 0.1);
  g_assert_cmpfloat_with_epsilon (road_handshake_layout_get_y (handshake, 3000, LENGTH),
                                  LENGTH + ROAD_HANDSHAKE_BREAK, 0.1);
}

/* Losing this: a common service has no explanation, as the table is not sorted. */
static void
test_purposes (void)
{
  const char *const names[] = { "afpovertcp", "domain",   "http",      "https-alt", "microsoft-ds",
                                "msrpc",      "ms-sql-s", "ssh",       "ssl/http",  "telnet",
                                "vnc",        "wsman",    "zookeeper", "redis",     "imaps" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_nonnull (road_service_purpose_get (names[i]));
  g_assert_null (road_service_purpose_get ("no-such-service"));
}

/* A catalogue with one message, in the format of GNU gettext. */
static void
write_catalogue (const char *path, const char *message, const char *translation)
{
  const guint32 header[] = { 0x950412de, 0, 1, 28, 36, 0, 44 };
  const guint32 n_message = (guint32) strlen (message);
  const guint32 places[] = { n_message, 44, (guint32) strlen (translation), 44 + n_message + 1 };
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GError) error = NULL;

  g_byte_array_append (bytes, (const guint8 *) header, sizeof header);
  g_byte_array_append (bytes, (const guint8 *) places, sizeof places);
  g_byte_array_append (bytes, (const guint8 *) message, n_message + 1);
  g_byte_array_append (bytes, (const guint8 *) translation, (guint) strlen (translation) + 1);
  g_file_set_contents (path, (const char *) bytes->data, (gssize) bytes->len, &error);
  g_assert_no_error (error);
}

/* Losing this: users of another language read English sentences about services. */
static void
test_untranslated_purpose (void)
{
  if (g_test_subprocess ())
    {
      const RoadAddress address = parse ("192.0.2.1");
      g_autoptr (RoadHost) host = road_host_new (&address, NULL, NULL);
      g_autofree char *english = NULL;
      g_autofree char *other = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *folder = g_dir_make_tmp ("roadstead-XXXXXX", &error);
      g_autofree char *language = g_build_filename (folder, "xx", NULL);
      g_autofree char *below = g_build_filename (language, "LC_MESSAGES", NULL);
      g_autofree char *path = g_build_filename (below, GETTEXT_PACKAGE ".mo", NULL);

      g_assert_no_error (error);
      english = road_service_purpose_describe (host, 257);
      g_assert_cmpstr (english, ==, "Usually fw1-log (by number): Check Point log collection");

      /* In C.UTF-8 newer C libraries translate nothing. */
      if (!comma_locale_begin ())
        return;
      g_assert_cmpint (g_mkdir_with_parents (below, 0700), ==, 0);
      write_catalogue (path, "no open ports", "nenia pordo");
      g_setenv ("LANGUAGE", "xx", TRUE);
      bindtextdomain (GETTEXT_PACKAGE, folder);
      textdomain (GETTEXT_PACKAGE);
      other = road_service_purpose_describe (host, 257);
      g_assert_cmpstr (other, ==, "Usually fw1-log (by number).");

      g_unlink (path);
      g_rmdir (below);
      g_rmdir (language);
      g_rmdir (folder);
      return;
    }

  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
}

/* Losing this: Open opens something else, or Copy copies what cannot be pasted. */
static void
test_uris (void)
{
  const RoadAddress address6 = parse ("2001:db8::1");
  g_autoptr (RoadHost) host = make_host (TRUE);
  g_autoptr (RoadHost) host6 = road_host_new (&address6, NULL, NULL);
  g_autoptr (RoadHost) named = road_host_new (&address6, "nas.lan", NULL);
  g_autofree char *https = road_port_uri_make (host, 443);
  g_autofree char *http = road_port_uri_make (host6, 8080);
  g_autofree char *ssh = road_port_uri_make (named, 22);
  g_autofree char *place = road_port_uri_make_place (host, 9);
  g_autofree char *place6 = road_port_uri_make_place (host6, 443);
  g_autofree char *named_place = road_port_uri_make_place (named, 443);

  g_assert_cmpstr (https, ==, "https://192.0.2.1/");
  g_assert_cmpstr (http, ==, "http://[2001:db8::1]:8080/");
  g_assert_cmpstr (ssh, ==, "ssh://nas.lan/");
  g_assert_null (road_port_uri_make (host, 9));
  g_assert_cmpstr (place, ==, "192.0.2.1:9");
  g_assert_cmpstr (place6, ==, "[2001:db8::1]:443");
  g_assert_cmpstr (named_place, ==, "nas.lan:443");
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/handshake/open", test_open);
  g_test_add_func ("/handshake/refused", test_refused);
  g_test_add_func ("/handshake/silent", test_silent);
  g_test_add_func ("/handshake/late", test_late);
  g_test_add_func ("/handshake/rejected", test_rejected);
  g_test_add_func ("/handshake/local-failure", test_local_failure);
  g_test_add_func ("/handshake/no-packets", test_no_packets);
  g_test_add_func ("/handshake/layout", test_layout);
  g_test_add_func ("/handshake/break", test_break);
  g_test_add_func ("/service/purposes", test_purposes);
  g_test_add_func ("/service/untranslated-purpose", test_untranslated_purpose);
  g_test_add_func ("/service/uris", test_uris);
  g_test_add_func ("/sentence/causes", test_sentences);
  g_test_add_func ("/sentence/all-reasons", test_all_reasons);

  return g_test_run ();
}
