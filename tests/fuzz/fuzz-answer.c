/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "fuzz.h"
#include "engine/identify/road-certificate.h"
#include "engine/identify/road-question.h"
#include "engine/identify/road-starttls.h"

/* A character of four bytes, each as a backslash and three digits, and an ellipsis. */
#define MAX_TEXT (201 * 16)

static void
assert_text (const char *text)
{
  if (text == NULL)
    return;

  g_assert_cmpstr (text, !=, "");
  assert_printable (text);
  g_assert_null (strchr (text, '\n'));
  g_assert_cmpuint (strlen (text), <=, MAX_TEXT);
}

static void
check_answer (const char *bytes, gsize length, guint16 port)
{
  g_auto (RoadAnswer) answer = { NULL };
  const RoadAnswerProgress progress = road_question_parse_answer (bytes, length, port, &answer);

  if (progress == ROAD_ANSWER_FOREIGN)
    {
      g_assert_null (answer.name);
      g_assert_cmpuint (answer.confidence, ==, 0);
      g_assert_null (answer.notes);
      return;
    }

  g_assert_nonnull (answer.name);
  g_assert_cmpuint (answer.confidence, >=, 1);
  g_assert_cmpuint (answer.confidence, <=, 10);
  assert_text (answer.product);
  assert_text (answer.version);
  assert_text (answer.extra_info);
  for (guint i = 0; answer.notes != NULL && i < answer.notes->len; i++)
    assert_text (g_ptr_array_index (answer.notes, i));
}

/* TLS never begins when anything was said after the last word without it. */
static void
check_starttls (const char *bytes, gsize length)
{
  static const char *const services[] = { "smtp", "imap", "pop3", "ftp", "jabber", "postgresql" };

  for (guint i = 0; i < G_N_ELEMENTS (services); i++)
    {
      for (guint n_sent = 0; n_sent <= ROAD_STARTTLS_MAX_COMMANDS; n_sent++)
        {
          const char *command;
          const RoadStarttlsStep step =
              road_starttls_step (services[i], n_sent, bytes, length, &command);

          g_assert_true ((command != NULL) == (step == ROAD_STARTTLS_SEND));
          g_assert_true (step != ROAD_STARTTLS_SEND || n_sent < ROAD_STARTTLS_MAX_COMMANDS);
          if (step == ROAD_STARTTLS_BEGIN)
            g_assert_cmpint (road_starttls_step (services[i], n_sent, bytes, length - 1, NULL), !=,
                             ROAD_STARTTLS_BEGIN);
        }
    }
}

/* What a certificate says comes back from the note that is made of it, and no line of it ends early. */
static void
check_certificate (const guint8 *data, gsize length)
{
  g_autoptr (RoadTls) tls = g_new0 (RoadTls, 1);
  g_autoptr (RoadTls) again = NULL;
  g_autoptr (RoadHost) host = NULL;
  g_autofree char *note = NULL;
  RoadAddress address;

  road_certificate_parse (data, length, tls);
  note = road_tls_get_certificate_note (tls);
  assert_printable (note);

  g_assert_true (road_address_parse (&address, "192.0.2.1"));
  host = road_host_new (&address, NULL, NULL);
  road_host_add_note (host, 443, ROAD_NOTE_CERTIFICATE, note);
  again = road_tls_new_from_notes (host, 443);
  g_assert_cmpint (again->not_before, ==, tls->not_before);
  g_assert_cmpint (again->not_after, ==, tls->not_after);
  g_assert_cmpuint (again->key_bits, ==, tls->key_bits);
  g_assert_cmpstr (again->key_type, ==, tls->key_type);
}

/* Two bytes for the port, then what a service said: whatever it is, what is taken from it can be shown. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree guint8 *copy = NULL;

  if (size < 2 || size > ROAD_ANSWER_MAX_BYTES + 2)
    return 0;

  /* Of the exact size, so that a byte too many is seen. */
  copy = g_memdup2 (data + 2, size - 2);
  if (copy != NULL)
    {
      check_answer ((const char *) copy, size - 2, (guint16) (data[0] << 8 | data[1]));
      check_starttls ((const char *) copy, size - 2);
      check_certificate (copy, size - 2);
    }

  return 0;
}
