/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-mdns.h"

#include "engine/connect/road-socket-address.h"
#include "road-dns-message.h"

#define PORT 5353

/* How long an answer may take, in ms. Without one there is no name: a machine that speaks mDNS is near. */
#define PATIENCE_MS 1000

/* How many are asked at a time; each needs a file descriptor. */
#define MAX_QUESTIONS 16

/* How many packets of one machine are read, so that a talkative one does not keep us busy. */
#define MAX_PACKETS 16

struct _RoadMdns
{
  RoadMdnsFunc func;
  gpointer user_data;
  GQueue waiting; /* of RoadHost */
  GPtrArray *questions;
};

typedef struct
{
  RoadMdns *owner;
  RoadHost *host;
  char *name; /* what is asked for */
  guint16 id;
  GSocket *socket; /* connected: the kernel lets nobody else in */
  GSource *source;
  guint timeout_id;
  guint n_packets;
} Question;

static void start_questions (RoadMdns *self);

static void
question_free (gpointer data)
{
  Question *question = data;

  if (question->source != NULL)
    g_source_destroy (question->source);
  g_clear_pointer (&question->source, g_source_unref);
  g_clear_handle_id (&question->timeout_id, g_source_remove);
  g_clear_object (&question->socket);
  g_clear_object (&question->host);
  g_clear_pointer (&question->name, g_free);
  g_free (question);
}

static void
end_question (Question *question)
{
  RoadMdns *self = question->owner;

  g_ptr_array_remove_fast (self->questions, question);
  start_questions (self);
  self->func (self->user_data);
}

static gboolean
on_timeout (gpointer user_data)
{
  Question *question = user_data;

  question->timeout_id = 0;
  end_question (question);

  return G_SOURCE_REMOVE;
}

/* Reads one packet. An error tells that nobody listens there. Whatever is no answer to the question is ignored:
 * the right one may still come. */
static gboolean
on_readable (GSocket *socket, GIOCondition condition, gpointer user_data)
{
  Question *question = user_data;
  guint8 message[ROAD_DNS_MAX_SIZE + 1];
  g_autofree char *name = NULL;
  gssize size = g_socket_receive (socket, (char *) message, sizeof message, NULL, NULL);

  if (size >= 0)
    name = road_dns_read_answer (message, (gsize) size, question->id, question->name);
  if (name != NULL)
    road_host_replace_note (question->host, ROAD_NOTE_MDNS_NAME, name);
  if (size >= 0 && name == NULL && ++question->n_packets < MAX_PACKETS)
    return G_SOURCE_CONTINUE;

  end_question (question);

  return G_SOURCE_REMOVE;
}

/* Returns: whether the question was sent */
static gboolean
send_question (Question *question)
{
  const RoadAddress *address = road_host_get_address (question->host);
  g_autoptr (RoadSocketAddress) native = road_socket_address_new ();
  g_autoptr (GByteArray) message = road_dns_new_question (question->id, question->name);

  road_socket_address_set (native, address, PORT);
  question->socket =
      g_socket_new (address->length == 4 ? G_SOCKET_FAMILY_IPV4 : G_SOCKET_FAMILY_IPV6,
                    G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_UDP, NULL);
  if (question->socket == NULL)
    return FALSE;

  g_socket_set_blocking (question->socket, FALSE);

  return g_socket_connect (question->socket, G_SOCKET_ADDRESS (native), NULL, NULL) &&
         g_socket_send (question->socket, (const char *) message->data, message->len, NULL, NULL) ==
             (gssize) message->len;
}

static void
start_questions (RoadMdns *self)
{
  while (self->questions->len < MAX_QUESTIONS && self->waiting.length > 0)
    {
      Question *question = g_new0 (Question, 1);

      question->owner = self;
      question->host = g_queue_pop_head (&self->waiting);
      question->name = road_dns_reverse_name (road_host_get_address (question->host));
      question->id = (guint16) g_random_int ();
      if (!send_question (question))
        {
          question_free (question);
          continue;
        }

      g_ptr_array_add (self->questions, question);
      question->source = g_socket_create_source (question->socket, G_IO_IN, NULL);
      g_source_set_callback (question->source, G_SOURCE_FUNC (on_readable), question, NULL);
      g_source_attach (question->source, NULL);
      question->timeout_id = g_timeout_add (PATIENCE_MS, on_timeout, question);
    }
}

/**
 * road_mdns_new:
 * @func: called each time a question is done
 * @user_data: for @func
 *
 * Returns: (transfer full): free it with road_mdns_free()
 */
RoadMdns *
road_mdns_new (RoadMdnsFunc func, gpointer user_data)
{
  RoadMdns *self;

  g_return_val_if_fail (func != NULL, NULL);

  self = g_new0 (RoadMdns, 1);
  self->func = func;
  self->user_data = user_data;
  g_queue_init (&self->waiting);
  self->questions = g_ptr_array_new_with_free_func (question_free);

  return self;
}

/* Questions that have no answer yet have none any more. */
void
road_mdns_free (RoadMdns *self)
{
  g_return_if_fail (self != NULL);

  g_queue_clear_full (&self->waiting, g_object_unref);
  g_ptr_array_unref (self->questions);
  g_free (self);
}

/**
 * road_mdns_ask:
 * @host: a host on one of our own links
 *
 * Asks it for its name, which becomes its %ROAD_NOTE_MDNS_NAME. It is not an error if it has none or does not answer.
 */
void
road_mdns_ask (RoadMdns *self, RoadHost *host)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (ROAD_IS_HOST (host));

  g_queue_push_tail (&self->waiting, g_object_ref (host));
  start_questions (self);
}

gboolean
road_mdns_is_busy (RoadMdns *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->questions->len > 0 || self->waiting.length > 0;
}
