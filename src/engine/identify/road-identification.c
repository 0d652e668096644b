/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-identification.h"

#include <string.h>

#include "engine/ports/road-services.h"
#include "road-answer.h"
#include "road-question.h"
#include "road-starttls.h"
#include "road-talk.h"

/*
 * How a service is found out, with at most two connections:
 *
 *   listen   one connection, and what comes
 *
 *   ask      a port where TLS is usual:            TLS, then as below; without success without TLS
 *            a port whose protocol has a question: the question at once; without success TLS
 *            any other port:                       what comes; after a silence HTTP; without success TLS
 *
 *            A service that can change to TLS does so on the connection on which it was understood.
 */

/* All of it, in ms, whatever the service does. */
#define MAX_TIME_MS 5000

/* How long a greeting is waited for before something is asked, in ms; and on ports where one is usual: some mail
 * servers look their clients up in DNS first, and take a question as an attack. */
#define GREETING_MS 1200
#define USUAL_GREETING_MS 3000

/* How long an answer is waited for if there is another connection to try, in ms; and how long for more of an
 * answer that is not understood. */
#define ANSWER_MS 1500
#define REST_MS 400

struct _RoadIdentification
{
  RoadHost *host;
  guint16 port;
  RoadIdentify how;
  char *name; /* the host's name, for HTTP and TLS */

  RoadTalk *talk;
  guint n_talks;
  gboolean begins_tls; /* whether the current connection was to begin with TLS */
  gboolean has_asked;
  gboolean
      is_understood; /* whether @answer is all that it says, and the rest is about changing to TLS */
  guint n_commands;  /* that were sent for that */
  gsize n_read;      /* what came before the last of them */
  guint wait_id;
  guint deadline_id;

  RoadAnswer answer;
  RoadAnswer first;  /* what the first of two connections told */
  char *certificate; /* (nullable): note */
  char *protocol;
  char *alpn;
  gboolean uses_tls;

  RoadIdentificationFunc func;
  gpointer user_data;
};

static void begin_talk (RoadIdentification *self, gboolean begins_tls);

static void
finish (RoadIdentification *self)
{
  g_clear_handle_id (&self->wait_id, g_source_remove);
  g_clear_handle_id (&self->deadline_id, g_source_remove);
  g_clear_pointer (&self->talk, road_talk_close);
  self->func (self, self->user_data);
}

/* Takes what the connection told.
 * Returns: whether the service is known */
static gboolean
take_answer (RoadIdentification *self, RoadAnswerProgress *progress)
{
  gsize length;
  const char *received = road_talk_get_received (self->talk, &length);

  if (self->is_understood)
    {
      *progress = ROAD_ANSWER_WHOLE;
      return TRUE;
    }

  road_answer_clear (&self->answer);
  *progress = road_question_parse_answer (received, length, self->port, &self->answer);

  return *progress != ROAD_ANSWER_FOREIGN;
}

/* Takes what the connection told, for the last time: what nobody understands is shown as it is. */
static void
take_end (RoadIdentification *self)
{
  RoadAnswerProgress progress;
  gsize length;
  const char *received = road_talk_get_received (self->talk, &length);

  if (take_answer (self, &progress))
    return;

  if (length > 0)
    road_answer_add_note (&self->answer, ROAD_NOTE_BANNER, received, length);
  else if (!self->uses_tls)
    {
      road_answer_clear (&self->answer);
      self->answer = self->first;
      self->first = (RoadAnswer){ NULL };
    }
}

static void
take_tls (RoadIdentification *self)
{
  const RoadTls *tls = road_talk_get_tls (self->talk);

  if (tls == NULL)
    return;

  self->uses_tls = !self->is_understood;
  self->certificate = road_tls_get_certificate_note (tls);
  self->protocol = g_strdup (tls->protocol);
  self->alpn = tls->alpn != NULL ? road_answer_make_text (tls->alpn, strlen (tls->alpn)) : NULL;
}

/* Whether a server of HTTP says that it expects TLS, as nginx and Apache do. */
static gboolean
expects_tls (RoadIdentification *self)
{
  gsize length;
  const char *received = road_talk_get_received (self->talk, &length);

  return !self->begins_tls && road_answer_starts_with (received, length, "HTTP/1.") &&
         road_answer_find (received, MIN (length, 16), " 400 ") != NULL &&
         (road_answer_find (received, length, "HTTPS port") != NULL ||
          road_answer_find (received, length, "SSL-enabled server port") != NULL ||
          road_answer_find (received, length, "HTTP request to an HTTPS server") != NULL);
}

/* The connection tells no more: tries another one, or ends. */
static void
end_talk (RoadIdentification *self)
{
  RoadAnswerProgress progress;
  const gboolean is_known = take_answer (self, &progress);
  const gboolean can_retry = self->how == ROAD_IDENTIFY_ASK && self->n_talks < 2 &&
                             road_talk_get_connected (self->talk) &&
                             (self->begins_tls || road_talk_can_use_tls ());

  g_clear_handle_id (&self->wait_id, g_source_remove);
  if (can_retry && !self->uses_tls && (!is_known || expects_tls (self)))
    {
      const gboolean begins_tls = !self->begins_tls;
      gsize length;

      road_talk_get_received (self->talk, &length);
      if (length == 0 || self->has_asked)
        {
          take_end (self);
          self->first = self->answer;
          self->answer = (RoadAnswer){ NULL };
          begin_talk (self, begins_tls);
          return;
        }
    }

  take_end (self);
  finish (self);
}

static gboolean
on_waited (gpointer user_data)
{
  RoadIdentification *self = user_data;
  gsize length;

  self->wait_id = 0;
  road_talk_get_received (self->talk, &length);
  if (length == 0 && !self->has_asked)
    {
      const RoadQuestion *question = road_question_find (self->port);
      g_autoptr (GBytes) bytes =
          road_question_make (question != NULL ? question : road_question_get_usual (), self->name);

      self->has_asked = TRUE;
      road_talk_send (self->talk, bytes);
      if (self->n_talks < 2 && !self->begins_tls)
        self->wait_id = g_timeout_add (ANSWER_MS, on_waited, self);
      return G_SOURCE_REMOVE;
    }

  end_talk (self);
  return G_SOURCE_REMOVE;
}

static void
wait_for (RoadIdentification *self, guint ms)
{
  g_clear_handle_id (&self->wait_id, g_source_remove);
  self->wait_id = g_timeout_add (ms, on_waited, self);
}

/* Whether a service on the port usually tells by itself who it is, also with TLS. */
static gboolean
greets (guint16 port)
{
  static const guint16 ports[] = { 21,  22,  25,  110, 143, 465,  587,
                                   990, 992, 993, 994, 995, 5223, 6697 };

  for (guint i = 0; i < G_N_ELEMENTS (ports); i++)
    {
      if (ports[i] == port)
        return TRUE;
    }

  return FALSE;
}

static void
on_opened (RoadTalk *talk, gpointer user_data)
{
  RoadIdentification *self = user_data;

  take_tls (self);
  if (self->is_understood)
    {
      finish (self);
      return;
    }
  if (self->how != ROAD_IDENTIFY_ASK)
    return;

  if (road_question_find (self->port) != NULL || (self->begins_tls && !greets (self->port)))
    wait_for (self, 0);
  else
    wait_for (self, greets (self->port) ? USUAL_GREETING_MS : GREETING_MS);
}

/* Whether a service without TLS may change to it. */
static gboolean
can_change_to_tls (RoadIdentification *self)
{
  return self->how == ROAD_IDENTIFY_ASK && !self->begins_tls && road_talk_can_use_tls () &&
         road_starttls_is_known (self->answer.name);
}

/* Goes on changing to TLS, as what was received allows. */
static void
change_to_tls (RoadIdentification *self)
{
  gsize length;
  const char *received = road_talk_get_received (self->talk, &length);
  const char *command;
  const RoadStarttlsStep step =
      road_starttls_step (self->answer.name, self->n_commands, received + self->n_read,
                          length - self->n_read, &command);

  switch (step)
    {
    case ROAD_STARTTLS_WAIT:
      wait_for (self, ANSWER_MS);
      return;

    case ROAD_STARTTLS_SEND:
      {
        g_autoptr (GBytes) bytes = g_bytes_new_static (command, strlen (command));

        self->is_understood = TRUE;
        self->n_commands++;
        self->n_read = length;
        road_talk_send (self->talk, bytes);
        wait_for (self, ANSWER_MS);
        return;
      }

    case ROAD_STARTTLS_BEGIN:
      self->is_understood = TRUE;
      if (self->answer.extra_info == NULL)
        road_answer_set_extra_info (&self->answer, ROAD_SERVICE_TLS, strlen (ROAD_SERVICE_TLS));
      g_clear_handle_id (&self->wait_id, g_source_remove);
      road_talk_begin_tls (self->talk, self->name);
      return;

    case ROAD_STARTTLS_REFUSED:
      if (self->answer.extra_info == NULL)
        road_answer_set_extra_info (&self->answer, ROAD_SERVICE_NO_TLS,
                                    strlen (ROAD_SERVICE_NO_TLS));
      self->is_understood = TRUE;
      break;

    case ROAD_STARTTLS_BROKEN:
    default:
      break;
    }
  end_talk (self);
}

static void
on_received (RoadTalk *talk, gpointer user_data)
{
  RoadIdentification *self = user_data;
  RoadAnswerProgress progress;

  take_answer (self, &progress);
  if (progress == ROAD_ANSWER_WHOLE && can_change_to_tls (self))
    change_to_tls (self);
  else if (progress == ROAD_ANSWER_WHOLE)
    end_talk (self);
  else
    wait_for (self, progress == ROAD_ANSWER_PARTIAL ? ANSWER_MS : REST_MS);
}

static void
on_ended (RoadTalk *talk, gpointer user_data)
{
  end_talk (user_data);
}

static gboolean
on_deadline (gpointer user_data)
{
  RoadIdentification *self = user_data;

  self->deadline_id = 0;
  take_end (self);
  finish (self);

  return G_SOURCE_REMOVE;
}

static void
begin_talk (RoadIdentification *self, gboolean begins_tls)
{
  static const RoadTalkFuncs funcs = { on_opened, on_received, on_ended };
  /* Some services end TLS that offers to speak something else. */
  static const char *const protocols[] = { "http/1.1", NULL };

  g_clear_pointer (&self->talk, road_talk_close);
  self->n_talks++;
  self->begins_tls = begins_tls;
  self->has_asked = FALSE;
  self->talk =
      road_talk_new (road_host_get_address (self->host), self->port, begins_tls ? self->name : NULL,
                     greets (self->port) ? NULL : protocols, &funcs, self);
}

/* Returns: (transfer full): the name that the user gave for the host, if it can be in a header, or else its
 * address */
static char *
make_name (RoadHost *host)
{
  const char *name = road_host_get_user_name (host);
  g_autofree char *address = NULL;

  if (name != NULL && *name != '\0' &&
      name[strspn (name, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "-.")] == '\0')
    return g_strdup (name);

  /* Its zone means nothing to others. */
  address = g_strdup (road_host_get_address_string (host));
  address[strcspn (address, "%")] = '\0';

  return g_steal_pointer (&address);
}

/**
 * road_identification_new:
 * @host: a host
 * @port: one of its open ports
 * @how: to listen or to ask
 *
 * Begins to connect.
 *
 * Returns: (transfer full): free it with road_identification_free(), which gives up
 */
RoadIdentification *
road_identification_new (
    RoadHost *host, guint16 port, RoadIdentify how, RoadIdentificationFunc func, gpointer user_data)
{
  RoadIdentification *self;

  g_return_val_if_fail (ROAD_IS_HOST (host), NULL);
  g_return_val_if_fail (how != ROAD_IDENTIFY_NOTHING, NULL);
  g_return_val_if_fail (func != NULL, NULL);

  self = g_new0 (RoadIdentification, 1);
  self->host = g_object_ref (host);
  self->port = port;
  self->how = how;
  self->name = make_name (host);
  self->func = func;
  self->user_data = user_data;
  self->deadline_id = g_timeout_add (MAX_TIME_MS, on_deadline, self);
  begin_talk (self, how == ROAD_IDENTIFY_ASK && road_question_uses_tls (port) &&
                        road_talk_can_use_tls ());

  return self;
}

void
road_identification_free (RoadIdentification *self)
{
  g_return_if_fail (self != NULL);

  g_clear_handle_id (&self->wait_id, g_source_remove);
  g_clear_handle_id (&self->deadline_id, g_source_remove);
  g_clear_pointer (&self->talk, road_talk_close);
  road_answer_clear (&self->answer);
  road_answer_clear (&self->first);
  g_free (self->certificate);
  g_free (self->protocol);
  g_free (self->alpn);
  g_free (self->name);
  g_object_unref (self->host);
  g_free (self);
}

RoadHost *
road_identification_get_host (RoadIdentification *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->host;
}

guint16
road_identification_get_port (RoadIdentification *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->port;
}

static void
add_note (RoadIdentification *self, const char *name, const char *text)
{
  if (text != NULL && *text != '\0')
    road_host_add_note (self->host, self->port, name, text);
}

/* Gives the host what was found out. */
void
road_identification_apply (RoadIdentification *self)
{
  g_return_if_fail (self != NULL);

  add_note (self, ROAD_NOTE_CERTIFICATE, self->certificate);
  add_note (self, ROAD_NOTE_TLS_PROTOCOL, self->protocol);
  add_note (self, ROAD_NOTE_TLS_ALPN, self->alpn);
  if (self->uses_tls && self->answer.name == NULL && road_question_uses_tls (self->port) &&
      road_services_get_name (self->port) != NULL)
    road_answer_set_name (&self->answer, road_services_get_name (self->port), 5);
  road_answer_apply (&self->answer, self->host, self->port, self->uses_tls);
}
