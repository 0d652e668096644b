/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <gio/gio.h>
#include <string.h>

#include "engine/identify/road-certificate.h"
#include "engine/identify/road-identifier.h"
#include "engine/identify/road-question.h"
#include "engine/identify/road-starttls.h"

#define BYTES(literal) (literal), sizeof (literal) - 1

#define SMB_ZEROS "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"

static const struct
{
  const char *bytes;
  gsize length;
  guint16 port;
  RoadAnswerProgress progress;
  const char *service; /* name|product|version|extra_info */
} answers[] = {
  { BYTES ("SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3\r\n"), 2222, ROAD_ANSWER_WHOLE,
    "ssh|OpenSSH|9.2p1 Debian 2+deb12u3|protocol 2.0" },
  { BYTES ("SSH-2.0-dropbear_2022.83\r\n"), 22, ROAD_ANSWER_WHOLE,
    "ssh|Dropbear sshd|2022.83|protocol 2.0" },
  { BYTES ("SSH-2.0-OpenSSH_9"), 22, ROAD_ANSWER_PARTIAL, "ssh|OpenSSH|9|protocol 2.0" },
  { BYTES ("SSH-1.99-\n"), 22, ROAD_ANSWER_WHOLE, "ssh|||protocol 1.99" },
  { BYTES ("SSH-\n"), 22, ROAD_ANSWER_WHOLE, "ssh|||" },
  { BYTES ("220 (vsFTPd 3.0.3)\r\n"), 2121, ROAD_ANSWER_WHOLE, "ftp|vsftpd|3.0.3|" },
  { BYTES ("220 ProFTPD Server (Debian) [::1]\r\n"), 21, ROAD_ANSWER_WHOLE, "ftp|ProFTPD||" },
  { BYTES ("220 welcome\r\n"), 21, ROAD_ANSWER_WHOLE, "ftp|||" },
  { BYTES ("220 welcome\r\n"), 25, ROAD_ANSWER_WHOLE, "smtp|||" },
  { BYTES ("220 welcome\r\n"), 4000, ROAD_ANSWER_FOREIGN, "|||" },
  { BYTES ("220-my FTP\r\n220 x\r\n"), 4000, ROAD_ANSWER_WHOLE, "ftp|||" },
  { BYTES ("220 nas ESMTP Postfix (Debian/GNU)\r\n"), 4000, ROAD_ANSWER_WHOLE,
    "smtp|Postfix smtpd||" },
  { BYTES ("220 nas ESMTP Exim 4.96 Thu, 26 Nov\r\n"), 25, ROAD_ANSWER_WHOLE,
    "smtp|Exim smtpd|4.96|" },
  { BYTES ("+OK Dovecot (Debian) ready.\r\n"), 110, ROAD_ANSWER_WHOLE, "pop3|Dovecot pop3d||" },
  { BYTES ("* OK [CAPABILITY IMAP4rev1] Dovecot (Debian) ready.\r\n"), 143, ROAD_ANSWER_WHOLE,
    "imap|Dovecot imapd||" },
  { BYTES ("RFB 003.008\n"), 5900, ROAD_ANSWER_WHOLE, "vnc|||protocol 3.8" },
  { BYTES ("@RSYNCD: 31.0\n"), 873, ROAD_ANSWER_WHOLE, "rsync|||protocol version 31.0" },
  { BYTES (":irc.lan NOTICE * :*** Looking up your hostname\r\n"), 6667, ROAD_ANSWER_WHOLE,
    "irc|||" },
  { BYTES ("<?xml version='1.0'?><stream:stream id='1'>"), 5222, ROAD_ANSWER_WHOLE, "jabber|||" },
  { BYTES ("\xff\xfd\x18\xff\xfd\x20"), 2323, ROAD_ANSWER_WHOLE, "telnet|||" },
  { BYTES ("\x5b\0\0\0\x0a"
           "5.5.5-10.11.6-MariaDB-0+deb12u1\0x"),
    3306, ROAD_ANSWER_WHOLE, "mysql|MariaDB|10.11.6-MariaDB-0+deb12u1|" },
  { BYTES ("\x4a\0\0\0\x0a"
           "8.0.36\0x"),
    3306, ROAD_ANSWER_WHOLE, "mysql|MySQL|8.0.36|" },
  { BYTES ("\x0b\0\0\0\xff\x6a\x04Host x"), 3306, ROAD_ANSWER_PARTIAL, "mysql|||unauthorized" },
  { BYTES ("HTTP/1.1 200 OK\r\nServer: nginx/1.22.1\r\n\r\n<TITLE>\n A &amp; B</title>"), 80,
    ROAD_ANSWER_WHOLE, "http|nginx|1.22.1|" },
  { BYTES ("HTTP/1.0 200 OK\nServer: Apache/2.4.57 (Debian) OpenSSL/3\n\n"), 80,
    ROAD_ANSWER_PARTIAL, "http|Apache httpd|2.4.57|Debian" },
  { BYTES ("HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: /\r\n\r\n"), 80, ROAD_ANSWER_WHOLE,
    "http|||" },
  { BYTES ("HTTP/1.1 200 OK\r\nServer:\r\n\r\n"), 80, ROAD_ANSWER_PARTIAL, "http|||" },
  { BYTES ("RTSP/1.0 200 OK\r\nCSeq: 1\r\nServer: GStreamer RTSP server\r\n\r\n"), 554,
    ROAD_ANSWER_WHOLE, "rtsp|GStreamer RTSP server||" },
  { BYTES ("+PONG\r\n$200\r\n# Server\r\nredis_version:7.0.15\r\nredis"), 6379, ROAD_ANSWER_WHOLE,
    "redis|Redis key-value store|7.0.15|" },
  { BYTES ("-NOAUTH Authentication required.\r\n"), 6379, ROAD_ANSWER_WHOLE,
    "redis|Redis key-value store||unauthorized" },
  { BYTES ("VERSION 1.6.18\r\n"), 11211, ROAD_ANSWER_WHOLE, "memcached|Memcached|1.6.18|" },
  { BYTES ("S"), 5432, ROAD_ANSWER_WHOLE, "postgresql|||TLS offered" },
  { BYTES ("N"), 5432, ROAD_ANSWER_WHOLE, "postgresql|||no TLS" },
  { BYTES ("S"), 22, ROAD_ANSWER_FOREIGN, "|||" },
  { BYTES ("\3\0\0\x13\x0e\xd0\0\0\x12\x34\0\2\x1f\x08\0\2\0\0\0"), 3389, ROAD_ANSWER_WHOLE,
    "ms-wbt-server|||network level authentication" },
  { BYTES ("\3\0\0\x0b\x06\xd0\0\0\x12\x34\0"), 3389, ROAD_ANSWER_WHOLE, "ms-wbt-server|||" },
  { BYTES ("\0\0\0\x4a\xfeSMB" SMB_ZEROS SMB_ZEROS SMB_ZEROS "\0\0\0\0\0\0\0\0\0\0\0\0"
           "\x41\0\3\0\2\3\0\0"),
    445, ROAD_ANSWER_WHOLE, "microsoft-ds|||SMB 3.0.2, signing required" },
  { BYTES ("\0\x33Rs\x84\0\0\1\0\1\0\0\0\0\7version\4bind\0\0\x10\0\3\xc0\x0c\0\x10\0\3\0\0\0\0"
           "\0\x09\x08"
           "9.18.24x"),
    53, ROAD_ANSWER_WHOLE, "domain|ISC BIND|9.18.24x|" },
  { BYTES ("\0\x1eRs\x84\5\0\1\0\0\0\0\0\0\7version\4bind\0\0\x10\0\3"), 53, ROAD_ANSWER_WHOLE,
    "domain|||" },
  { BYTES ("\x20\2\0\0\x90\3\0\1\0\x31\x2c\0\x13$SYS/broker/versionmosquitto version 2.0.11"), 1883,
    ROAD_ANSWER_WHOLE, "mqtt|mosquitto|2.0.11|" },
  { BYTES ("\x20\2\0\5"), 1883, ROAD_ANSWER_WHOLE, "mqtt|||not authorized" },
  { BYTES ("\x20\2\0\0"), 1883, ROAD_ANSWER_PARTIAL, "mqtt|||" },
  { BYTES ("hello\r\n"), 7, ROAD_ANSWER_FOREIGN, "|||" },
  { BYTES (""), 7, ROAD_ANSWER_FOREIGN, "|||" },
};

static char *
describe (const RoadAnswer *answer)
{
  return g_strdup_printf ("%s|%s|%s|%s", answer->name != NULL ? answer->name : "",
                          answer->product != NULL ? answer->product : "",
                          answer->version != NULL ? answer->version : "",
                          answer->extra_info != NULL ? answer->extra_info : "");
}

/* Losing this: a service is called something else than what it says it is, or its version is lost. */
static void
test_answers (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_auto (RoadAnswer) answer = { NULL };
      RoadAnswerProgress progress = road_question_parse_answer (answers[i].bytes, answers[i].length,
                                                                answers[i].port, &answer);
      g_autofree char *service = describe (&answer);

      g_assert_cmpstr (service, ==, answers[i].service);
      g_assert_cmpint (progress, ==, answers[i].progress);
    }
}

/* Losing this: what comes in pieces, as it does over a slow line, reads past its end or is never complete. Copies of
 * the exact size let the sanitizers see every byte too many. */
static void
test_pieces (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      for (gsize length = 1; length <= answers[i].length; length++)
        {
          g_autofree char *copy = g_memdup2 (answers[i].bytes, length);
          g_auto (RoadAnswer) answer = { NULL };

          road_question_parse_answer (copy, length, answers[i].port, &answer);
        }
    }
}

/* Losing this: the title of a web page, or where it redirects to, is lost; or what a stranger wrote there moves the
 * cursor of a terminal. */
static void
test_notes (void)
{
  static const char page[] =
      "HTTP/1.1 301 Moved\x1b[2J\r\nLocation: https://a/\xff\r\nserver: x\0y\r\n\r\n"
      "<title lang=de>a\n\t b \xe2\x80\xae&lt;i&gt;</title>";
  static const char *const expected[] = {
    "http-status",   "301 Moved\xef\xbf\xbd[2J", "http-server-header", "x\xef\xbf\xbdy",
    "http-redirect", "https://a/\xef\xbf\xbd",   "http-title",         "a b \xef\xbf\xbd<i>",
  };
  g_auto (RoadAnswer) answer = { NULL };

  g_assert_cmpint (road_question_parse_answer (BYTES (page), 80, &answer), ==, ROAD_ANSWER_WHOLE);
  g_assert_cmpuint (answer.notes->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpstr (g_ptr_array_index (answer.notes, i), ==, expected[i]);
}

/* Losing this: a service fills a table with what it says of itself. */
static void
test_bounds (void)
{
  g_autofree char *name = g_strnfill (4000, 'x');
  g_autofree char *bytes = g_strconcat ("SSH-2.0-", name, "_1\n", NULL);
  g_auto (RoadAnswer) answer = { NULL };

  road_question_parse_answer (bytes, strlen (bytes), 22, &answer);
  g_assert_cmpuint (g_utf8_strlen (answer.product, -1), ==, 201);
  g_assert_true (g_str_has_suffix (answer.product, "…"));
}

static const struct
{
  const char *service;
  guint n_sent;
  const char *bytes;
  RoadStarttlsStep step;
} steps[] = {
  { "smtp", 0, "220-a\r\n220", ROAD_STARTTLS_WAIT },
  { "smtp", 0, "220-a\r\n220 b\r\n", ROAD_STARTTLS_SEND },
  { "smtp", 0, "220 a\r\n220 b\r\n", ROAD_STARTTLS_BROKEN },
  { "smtp", 0, "554 no\r\n", ROAD_STARTTLS_BROKEN },
  { "smtp", 1, "250-a\r\n250-STARTTLS\r\n", ROAD_STARTTLS_WAIT },
  { "smtp", 1, "250-a\n250 starttls\n", ROAD_STARTTLS_SEND },
  { "smtp", 1, "250-STARTTLS.lan\r\n250 HELP STARTTLS\r\n", ROAD_STARTTLS_REFUSED },
  { "smtp", 1, "250\r\n", ROAD_STARTTLS_REFUSED },
  { "smtp", 1, "550 blocked\r\n", ROAD_STARTTLS_BROKEN },
  { "smtp", 1, "\r\n", ROAD_STARTTLS_BROKEN },
  { "smtp", 2, "220 go\r\n", ROAD_STARTTLS_BEGIN },
  { "smtp", 2, "454 later\r\n", ROAD_STARTTLS_REFUSED },
  { "smtp", 2, "220 go\r\n\026", ROAD_STARTTLS_BROKEN },
  { "ftp", 0, "220-a\r\n 220 b\r\n220 c\r\n", ROAD_STARTTLS_SEND },
  { "ftp", 1, "234 go\r\n", ROAD_STARTTLS_BEGIN },
  { "ftp", 1, "530 log in first\r\n", ROAD_STARTTLS_REFUSED },
  { "pop3", 0, "+OK", ROAD_STARTTLS_WAIT },
  { "pop3", 0, "+OK a\r\n", ROAD_STARTTLS_SEND },
  { "pop3", 0, "-ERR a\r\n", ROAD_STARTTLS_BROKEN },
  { "pop3", 1, "+OK go\r\n", ROAD_STARTTLS_BEGIN },
  { "pop3", 1, "-ERR what\r\n", ROAD_STARTTLS_REFUSED },
  { "imap", 0, "* OK a\r\n", ROAD_STARTTLS_SEND },
  { "imap", 0, "* PREAUTH a\r\n", ROAD_STARTTLS_BROKEN },
  { "imap", 1, "* CAPABILITY\r\nR", ROAD_STARTTLS_WAIT },
  { "imap", 1, "* CAPABILITY\r\nR OK go\r\n", ROAD_STARTTLS_BEGIN },
  { "imap", 1, "R OK go\r\n* OK\r\n", ROAD_STARTTLS_BROKEN },
  { "imap", 1, "R NO\r\n", ROAD_STARTTLS_REFUSED },
  { "imap", 1, "R BAD\r\n", ROAD_STARTTLS_REFUSED },
  { "jabber", 0, "<stream:stream><stream:features>", ROAD_STARTTLS_WAIT },
  { "jabber", 0, "<stream:stream><stream:error>", ROAD_STARTTLS_BROKEN },
  { "jabber", 0, "<stream:features><starttls/></stream:features>", ROAD_STARTTLS_SEND },
  { "jabber", 0, "<stream:features></stream:features>", ROAD_STARTTLS_REFUSED },
  { "jabber", 1, "<proceed", ROAD_STARTTLS_WAIT },
  { "jabber", 1, "<proceed xmlns='x'/>", ROAD_STARTTLS_BEGIN },
  { "jabber", 1, "<proceed/><a/>", ROAD_STARTTLS_BROKEN },
  { "jabber", 1, "<failure/>", ROAD_STARTTLS_REFUSED },
  { "postgresql", 0, "S", ROAD_STARTTLS_BEGIN },
  { "postgresql", 0, "N", ROAD_STARTTLS_REFUSED },
  { "postgresql", 0, "SE", ROAD_STARTTLS_BROKEN },
  { "imap", 1, "", ROAD_STARTTLS_WAIT },
};

/* Losing this: TLS is begun with somebody who did not agree to it, or not begun; or it is given what was said before
 * it. */
static void
test_starttls (void)
{
  g_assert_true (road_starttls_is_known ("imap"));
  g_assert_false (road_starttls_is_known ("ssh"));
  g_assert_false (road_starttls_is_known (NULL));

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      const gsize length = strlen (steps[i].bytes);
      g_autofree char *copy = g_memdup2 (steps[i].bytes, length);
      const char *command;
      const RoadStarttlsStep step =
          road_starttls_step (steps[i].service, steps[i].n_sent, copy, length, &command);

      g_test_message ("%s %u %s", steps[i].service, steps[i].n_sent, steps[i].bytes);
      g_assert_cmpint (step, ==, steps[i].step);
      g_assert_true ((command != NULL) == (step == ROAD_STARTTLS_SEND));
    }
}

/* Losing this: a port is asked the wrong question, or one that could end a header or is not documented. */
static void
test_questions (void)
{
  g_autoptr (GBytes) ipv6 = road_question_make (road_question_get_usual (), "2001:db8::1");
  g_autoptr (GBytes) name = road_question_make (road_question_get_usual (), "nas");

  g_assert_cmpstr (road_question_find (6379)->name, ==, "redis");
  g_assert_cmpstr (road_question_find (8080)->name, ==, "http");
  g_assert_null (road_question_find (22));
  g_assert_true (road_question_uses_tls (443));
  g_assert_false (road_question_uses_tls (80));
  g_assert_nonnull (strstr (g_bytes_get_data (ipv6, NULL), "\r\nHost: [2001:db8::1]\r\n"));
  g_assert_nonnull (strstr (g_bytes_get_data (name, NULL), "\r\nHost: nas\r\n"));

  for (guint i = 0; i < road_question_get_n (); i++)
    {
      g_autoptr (GBytes) bytes = road_question_make (road_question_get_nth (i), "h");
      gsize length;

      g_assert_nonnull (g_bytes_get_data (bytes, &length));
      g_assert_cmpuint (length, >, 4);
      g_assert_cmpuint (length, <, 200);
    }
}

/* Made with: openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 12 -subj '/CN=nas.lan/O=Home'
 * -addext subjectAltName=DNS:nas.lan,IP:192.0.2.1 -outform DER | base64 */
static const char certificate[] =
    "MIIBsTCCAVegAwIBAgIUN5+1Sc+m0TV9a6oeP+BCmVi0/ikwCgYIKoZIzj0EAwIwITEQMA4GA1UEAwwHbmFzLmxh"
    "bjENMAsGA1UECgwESG9tZTAeFw0yNjExMjYxNjA5MjlaFw0yNjEyMDgxNjA5MjlaMCExEDAOBgNVBAMMB25hcy5s"
    "YW4xDTALBgNVBAoMBEhvbWUwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAASj6DR6MWF6lUApmQIwOWD9row9I6XB"
    "9jbDn9+OBOqqSq8WA89WBFpLZJ4N9pEr0vTXO85cGTd7GlN0TTwH2E3Fo20wazAdBgNVHQ4EFgQUkJ1iCShbm/9B"
    "xmDbMIXfONakDJowHwYDVR0jBBgwFoAUkJ1iCShbm/9BxmDbMIXfONakDJowDwYDVR0TAQH/BAUwAwEB/zAYBgNV"
    "HREEETAPggduYXMubGFuhwTAAAIBMAoGCCqGSM49BAMCA0gAMEUCICRf4oYpaJeyjyZJZ+UM5klp59kehgPhX/me"
    "64Cy8P9oAiEAyo9cKhZKa3tueLLBjqZFSUe7oBS/0NH8SCH85RTfOqA=";

/* Losing this: a certificate shows other names or dates than it has, or a broken one ends the program. */
static void
test_certificate (void)
{
  gsize length;
  g_autofree guint8 *der = g_base64_decode (certificate, &length);
  g_autoptr (RoadTls) tls = g_new0 (RoadTls, 1);

  g_assert_true (road_certificate_parse (der, length, tls));
  g_assert_cmpstr (tls->subject, ==, "commonName=nas.lan/organizationName=Home");
  g_assert_cmpstr (tls->issuer, ==, tls->subject);
  g_assert_cmpstr (tls->names[0], ==, "nas.lan");
  g_assert_cmpstr (tls->names[1], ==, "192.0.2.1");
  g_assert_null (tls->names[2]);
  g_assert_cmpstr (tls->key_type, ==, "ec");
  g_assert_cmpuint (tls->key_bits, ==, 256);
  g_assert_cmpint (tls->not_after - tls->not_before, ==, 12 * 24 * 60 * 60);
  g_assert_cmpint (tls->not_before, ==, 1795709369);

  for (gsize n = 0; n < length; n++)
    {
      g_autofree guint8 *copy = g_memdup2 (der, n);
      g_autofree guint8 *broken = g_memdup2 (der, length);
      g_autoptr (RoadTls) part = g_new0 (RoadTls, 1);
      g_autoptr (RoadTls) other = g_new0 (RoadTls, 1);

      road_certificate_parse (copy, n, part);
      broken[n] ^= 0xff;
      road_certificate_parse (broken, length, other);
    }
}

typedef struct
{
  GMainLoop *loop;
  GSocketService *service;
  GCancellable *cancellable;
  guint n_connections;
  guint n_reading; /* connections that are read from */
  guint n_bytes;   /* that came to the service */
  char buffer[64];
  const char *greeting;
} Server;

static void
on_bytes (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Server *server = user_data;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (object), result, NULL);

  server->n_reading--;
  server->n_bytes += (guint) MAX (n, 0);
}

static gboolean
on_incoming (GSocketService *service,
             GSocketConnection *connection,
             GObject *source,
             gpointer user_data)
{
  Server *server = user_data;

  server->n_connections++;
  g_object_set_data_full (G_OBJECT (service), "connection", g_object_ref (connection),
                          g_object_unref);
  if (server->greeting != NULL)
    g_output_stream_write (g_io_stream_get_output_stream (G_IO_STREAM (connection)),
                           server->greeting, strlen (server->greeting), NULL, NULL);
  g_input_stream_read_async (g_io_stream_get_input_stream (G_IO_STREAM (connection)),
                             server->buffer, sizeof server->buffer, 0, server->cancellable,
                             on_bytes, server);
  server->n_reading++;

  return TRUE;
}

static void
on_idle (gpointer user_data)
{
  g_main_loop_quit (((Server *) user_data)->loop);
}

static guint16
start_server (Server *server)
{
  guint16 port;

  server->loop = g_main_loop_new (NULL, FALSE);
  server->cancellable = g_cancellable_new ();
  server->service = g_socket_service_new ();
  port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (server->service), NULL, NULL);
  g_signal_connect (server->service, "incoming", G_CALLBACK (on_incoming), server);
  g_assert_cmpuint (port, !=, 0);

  return port;
}

/* Nothing of it is called any more after that: it may be on the stack. */
static void
stop_server (Server *server)
{
  g_cancellable_cancel (server->cancellable);
  while (server->n_reading > 0)
    g_main_context_iteration (NULL, TRUE);
  g_socket_service_stop (server->service);
  g_socket_listener_close (G_SOCKET_LISTENER (server->service));
  g_clear_object (&server->service);
  g_clear_object (&server->cancellable);
  g_clear_pointer (&server->loop, g_main_loop_unref);
}

/* Losing this: what a service says never reaches the host, or is sent something although only listened to. */
static void
test_listen (void)
{
  static const RoadIdentifierFuncs funcs = { .idle = on_idle };
  Server server = { .greeting = "SSH-2.0-OpenSSH_9.2p1\r\n" };
  guint16 port = start_server (&server);
  RoadAddress address;
  g_autoptr (RoadHost) host = NULL;
  RoadIdentifier *identifier = road_identifier_new (ROAD_IDENTIFY_LISTEN, 0, 0, &funcs, &server);

  g_assert_true (road_address_parse (&address, "127.0.0.1"));
  host = road_host_new (&address, NULL, NULL);
  road_identifier_add (identifier, host, port);
  g_assert_true (road_identifier_is_busy (identifier));
  g_main_loop_run (server.loop);
  g_assert_false (road_identifier_is_busy (identifier));
  g_assert_null (road_host_get_version (host, port));
  g_assert_true (road_identifier_flush (identifier));
  g_assert_cmpstr (road_host_get_version (host, port), ==, "OpenSSH 9.2p1 (protocol 2.0)");
  g_assert_cmpuint (server.n_connections, ==, 1);
  g_assert_cmpuint (server.n_bytes, ==, 0);
  road_identifier_free (identifier);
  stop_server (&server);
}

static gboolean
on_timeout (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_REMOVE;
}

/* Losing this: Stop waits for services that say nothing, or what ends later writes to freed memory; a pause goes on
 * asking. */
static void
test_stop (void)
{
  static const RoadIdentifierFuncs funcs = { .idle = on_idle };
  Server server = { .greeting = NULL };
  guint16 port = start_server (&server);
  RoadAddress address;
  g_autoptr (RoadHost) host = NULL;
  RoadIdentifier *identifier = road_identifier_new (ROAD_IDENTIFY_ASK, 0, 0, &funcs, &server);

  g_assert_true (road_address_parse (&address, "127.0.0.1"));
  host = road_host_new (&address, NULL, NULL);
  road_identifier_pause (identifier);
  road_identifier_add (identifier, host, port);
  g_assert_true (road_identifier_is_busy (identifier));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (server.n_connections, ==, 0);

  road_identifier_resume (identifier);
  while (server.n_connections == 0)
    g_main_context_iteration (NULL, TRUE);
  road_identifier_free (identifier);
  g_timeout_add (50, on_timeout, server.loop);
  g_main_loop_run (server.loop);
  stop_server (&server);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/identify/answers", test_answers);
  g_test_add_func ("/identify/pieces", test_pieces);
  g_test_add_func ("/identify/notes", test_notes);
  g_test_add_func ("/identify/bounds", test_bounds);
  g_test_add_func ("/identify/questions", test_questions);
  g_test_add_func ("/identify/starttls", test_starttls);
  g_test_add_func ("/identify/certificate", test_certificate);
  g_test_add_func ("/identify/listen", test_listen);
  g_test_add_func ("/identify/stop", test_stop);

  return g_test_run ();
}
