/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib.h>

#include "engine/report/road-service-remarks.h"
#include "engine/report/road-tls.h"

#define DAY (24 * 60 * 60)
#define NOW 1700000000

static RoadHost *
make_host (void)
{
  RoadAddress address;

  g_assert_true (road_address_parse (&address, "192.0.2.1"));
  return road_host_new (&address, NULL, NULL);
}

static void
add_certificate (RoadHost *host, guint16 port, const RoadTls *tls)
{
  g_autofree char *note = road_tls_get_certificate_note (tls);

  road_host_add_note (host, port, ROAD_NOTE_CERTIFICATE, note);
}

/* Losing this: a version is shown at another port or without its parts, or is lost when the host is scanned
 * again. */
static void
test_versions (void)
{
  static const RoadService services[] = {
    { .port = 22,
      .confidence = 10,
      .name = (char *) "ssh",
      .product = (char *) "OpenSSH",
      .version = (char *) "9.2p1",
      .extra_info = (char *) "protocol 2.0" },
    { .port = 80, .confidence = 8, .name = (char *) "http" },
    { .port = 81, .confidence = 10, .extra_info = (char *) "odd" },
  };
  static const RoadService newer[] = {
    { .port = 22, .confidence = 10, .product = (char *) "OpenSSH", .version = (char *) "9.6" },
  };
  g_autoptr (RoadHost) host = make_host ();
  g_autoptr (RoadHost) later = make_host ();
  const RoadPortResult closed = { .port = 81, .state = ROAD_PORT_CLOSED };

  road_host_add_services (host, services, G_N_ELEMENTS (services));
  road_host_add_note (host, 22, ROAD_NOTE_BANNER, "SSH-2.0-OpenSSH_9.2p1");
  g_assert_cmpstr (road_host_get_version (host, 22), ==, "OpenSSH 9.2p1 (protocol 2.0)");
  g_assert_null (road_host_get_version (host, 80));
  g_assert_cmpuint (road_host_get_service (host, 80)->confidence, ==, 8);
  g_assert_cmpstr (road_host_get_version (host, 81), ==, "(odd)");

  road_host_add_services (later, newer, G_N_ELEMENTS (newer));
  road_host_add_results (later, &closed, 1);
  road_host_update (host, later, NULL);
  g_assert_cmpstr (road_host_get_version (host, 22), ==, "OpenSSH 9.6");
  g_assert_cmpuint (road_host_get_n_notes (host), ==, 0);
  g_assert_nonnull (road_host_get_service (host, 80));
  g_assert_null (road_host_get_service (host, 81));
  g_assert_true (road_host_has_versions (host));
}

/* Losing this: a certificate loses its names or dates in a file, or one that a stranger made ends a line and
 * adds what is not in it. */
static void
test_certificate (void)
{
  static const char *const names[] = { "nas.lan", "a, DNS:b", "192.0.2.1", NULL };
  const RoadTls written = {
    .subject = (char *) "commonName=nas\nNot valid after:  2099-01-01T00:00:00/organizationName=x",
    .issuer = (char *) "commonName=\x1b[2J",
    .names = (GStrv) names,
    .not_before = NOW,
    .not_after = NOW + DAY,
    .key_type = (char *) "rsa",
    .key_bits = 2048,
    .fingerprint = (char *) "0123456789ab",
  };
  g_autoptr (RoadHost) host = make_host ();
  g_autoptr (RoadTls) tls = NULL;
  g_autofree char *common_name = NULL;
  int days;

  add_certificate (host, 443, &written);
  road_host_add_note (host, 443, ROAD_NOTE_TLS_PROTOCOL, "TLS 1.3");
  road_host_add_note (host, 443, ROAD_NOTE_TLS_ALPN, "\n  h2\n  http/1.1");
  g_assert_null (road_tls_new_from_notes (host, 444));

  tls = road_tls_new_from_notes (host, 443);
  common_name = road_tls_dup_common_name (tls);
  g_assert_cmpstr (
      tls->subject, ==,
      "commonName=nas\xef\xbf\xbdNot valid after:  2099-01-01T00:00:00/organizationName=x");
  g_assert_cmpstr (common_name, ==, "nas\xef\xbf\xbdNot valid after:  2099-01-01T00:00:00");
  g_assert_cmpstr (tls->issuer, ==, "commonName=\xef\xbf\xbd[2J");
  g_assert_cmpstr (tls->names[0], ==, "nas.lan");
  g_assert_cmpstr (tls->names[1], ==, "192.0.2.1");
  g_assert_null (tls->names[2]);
  g_assert_cmpint (tls->not_before, ==, NOW);
  g_assert_cmpint (tls->not_after, ==, NOW + DAY);
  g_assert_cmpstr (tls->key_type, ==, "rsa");
  g_assert_cmpuint (tls->key_bits, ==, 2048);
  g_assert_cmpstr (tls->fingerprint, ==, "0123456789ab");
  g_assert_cmpstr (tls->protocol, ==, "TLS 1.3");
  g_assert_cmpstr (tls->alpn, ==, "h2");

  g_assert_true (road_tls_get_days_left (tls, NOW, &days));
  g_assert_cmpint (days, ==, 1);
  g_assert_true (road_tls_get_days_left (tls, NOW + DAY + 1, &days));
  g_assert_cmpint (days, ==, -1);
}

static void
assert_remark (RoadHost *host, guint16 port, const char *expected)
{
  g_auto (GStrv) remarks = road_service_remarks_list (host, port, NOW);
  g_autofree char *all = g_strjoinv ("; ", remarks);

  g_assert_cmpstr (all, ==, expected);
}

/* Losing this: nobody is told of a certificate that expires, or of a service without encryption; or users
 * are warned of what is in order. */
static void
test_remarks (void)
{
  static const struct
  {
    gint64 not_before;
    gint64 not_after;
    const char *protocol;
    guint bits;
    const char *remark;
  } cases[] = {
    { NOW - 1, NOW + 31 * DAY, "TLS 1.3", 2048, "" },
    { NOW - 1, NOW + 30 * DAY, "TLS 1.2", 2048, "" },
    { NOW - 1, NOW + 30 * DAY - 1, "TLS 1.2", 2048, "The certificate expires in 29 days" },
    { NOW - 1, NOW + DAY, NULL, 0, "The certificate expires in 1 day" },
    { NOW - 1, NOW + 1, NULL, 0, "The certificate expires within a day" },
    { NOW - 9, NOW - 1, NULL, 0, "The certificate has expired" },
    { NOW + 9, NOW + 90 * DAY, NULL, 0, "The certificate is not valid yet" },
    { 0, 0, "TLS 1.0", 1024, "TLS 1.0 is outdated; The key of 1024 bits is too short" },
  };
  static const RoadService telnet[] = {
    { .port = 23, .confidence = 10 },
    { .port = 2323, .confidence = 10, .name = (char *) "telnet" },
    { .port = 22, .confidence = 10, .name = (char *) "ssh" },
    { .port = 143,
      .confidence = 10,
      .name = (char *) "imap",
      .extra_info = (char *) ROAD_SERVICE_NO_TLS },
    { .port = 21,
      .confidence = 10,
      .name = (char *) "ftp",
      .extra_info = (char *) ROAD_SERVICE_TLS },
  };
  g_autoptr (RoadHost) host = make_host ();

  for (guint16 i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const RoadTls tls = { .subject = (char *) "commonName=x",
                            .not_before = cases[i].not_before,
                            .not_after = cases[i].not_after,
                            .key_type = (char *) "rsa",
                            .key_bits = cases[i].bits };

      add_certificate (host, 1000 + i, &tls);
      if (cases[i].protocol != NULL)
        road_host_add_note (host, 1000 + i, ROAD_NOTE_TLS_PROTOCOL, cases[i].protocol);
      assert_remark (host, 1000 + i, cases[i].remark);
    }

  assert_remark (host, 23, "");
  road_host_add_services (host, telnet, G_N_ELEMENTS (telnet));
  assert_remark (host, 23, "telnet is not encrypted");
  assert_remark (host, 2323, "telnet is not encrypted");
  assert_remark (host, 22, "");
  assert_remark (host, 143, "imap is not encrypted");
  assert_remark (host, 21, "");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/service/versions", test_versions);
  g_test_add_func ("/service/certificate", test_certificate);
  g_test_add_func ("/service/remarks", test_remarks);

  return g_test_run ();
}
