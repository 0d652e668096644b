/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-attempt.h"

#include <sys/socket.h>

#include "road-socket-address.h"

/*
 * GSocketClient asks a GSocketConnectable for an enumerator, and that for one address after the
 * other: when a connect failed, and also when one has had no answer for 250 ms, to try another
 * address beside it ("happy eyeballs", RFC 8305). Here there is one address. An attempt is
 * connectable, enumerator and result in one object, and answers at once where GIO's own classes
 * make four objects and two idle sources for each connect: a third of the instructions of a connect
 * (callgrind).
 *
 *   next_async() 1          the address
 *   next_async() 2, 3       "no more", but not before the connect has ended
 *
 * The second rule is there because GLib before 2.81 leaks its data of a connect that fails after
 * it was told that there is no more.
 *
 * An attempt is given up by shutting its socket down, which ends a connect under way at once. A
 * GCancellable for each would do the same, but connecting to it takes locks that all threads share,
 * for each connect, used or not.
 */

/* A question for another address that waits for the end of the connect. */
typedef struct
{
  GAsyncReadyCallback callback;
  gpointer user_data;
} Question;

struct _RoadAttempt
{
  GSocketAddressEnumerator parent_instance;

  RoadAddress target;
  RoadSocketAddress *address;

  GSocketConnection *connection; /* NULL until the socket exists */
  gint64 started;
  Question question;
  gboolean is_enumerated;
  gboolean gave_up;
  guint n_retransmits; /* when it was given up */

  RoadAttemptFunc func;
  gpointer user_data;
};

static void road_attempt_connectable_init (GSocketConnectableIface *iface);
static void road_attempt_result_init (GAsyncResultIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RoadAttempt,
                               road_attempt,
                               G_TYPE_SOCKET_ADDRESS_ENUMERATOR,
                               G_IMPLEMENT_INTERFACE (G_TYPE_SOCKET_CONNECTABLE,
                                                      road_attempt_connectable_init)
                                   G_IMPLEMENT_INTERFACE (G_TYPE_ASYNC_RESULT,
                                                          road_attempt_result_init))

static GSocketAddressEnumerator *
road_attempt_enumerate (GSocketConnectable *connectable)
{
  return g_object_ref (G_SOCKET_ADDRESS_ENUMERATOR (connectable));
}

static char *
road_attempt_to_string (GSocketConnectable *connectable)
{
  return road_address_to_string (&ROAD_ATTEMPT (connectable)->target);
}

static void
road_attempt_connectable_init (GSocketConnectableIface *iface)
{
  iface->enumerate = road_attempt_enumerate;
  iface->proxy_enumerate = road_attempt_enumerate;
  iface->to_string = road_attempt_to_string;
}

static GObject *
road_attempt_get_source_object (GAsyncResult *result)
{
  return g_object_ref (G_OBJECT (result));
}

static void
road_attempt_result_init (GAsyncResultIface *iface)
{
  iface->get_source_object = road_attempt_get_source_object;
}

static GSocket *
get_socket (RoadAttempt *self)
{
  return self->connection != NULL ? g_socket_connection_get_socket (self->connection) : NULL;
}

/* In µs. */
static gint64
get_elapsed (RoadAttempt *self)
{
  if (self->started == 0)
    return 0;

  return MIN (g_get_monotonic_time () - self->started, (gint64) G_MAXUINT32);
}

/* Whether the kernel has not told the end of the connect yet. */
static gboolean
is_under_way (RoadAttempt *self)
{
  GSocket *socket = get_socket (self);

  return socket != NULL && !g_socket_is_closed (socket) &&
         g_socket_condition_check (socket, G_IO_OUT | G_IO_ERR | G_IO_HUP) == 0;
}

/* Answers the question that waits, if there is one: no more addresses. */
static void
answer_question (RoadAttempt *self)
{
  Question question = self->question;

  self->question = (Question){ NULL };
  if (question.callback != NULL)
    question.callback (G_OBJECT (self), G_ASYNC_RESULT (self), question.user_data);
}

/* Whether GIO asks for another address because 250 ms have passed, and not because the connect has
 * failed. The socket would not tell: its end may be known and not be dispatched yet. */
static gboolean
is_asked_by_timer (void)
{
  GSource *source = g_main_current_source ();

  return source != NULL && source->source_funcs == &g_timeout_funcs;
}

static void
road_attempt_next_async (GSocketAddressEnumerator *enumerator,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  RoadAttempt *self = ROAD_ATTEMPT (enumerator);

  if (self->connection != NULL && self->question.callback == NULL && is_asked_by_timer ())
    {
      self->question = (Question){ callback, user_data };
      return;
    }

  answer_question (self);
  callback (G_OBJECT (self), G_ASYNC_RESULT (self), user_data);
}

static GSocketAddress *
road_attempt_next_finish (GSocketAddressEnumerator *enumerator,
                          GAsyncResult *result,
                          GError **error)
{
  RoadAttempt *self = ROAD_ATTEMPT (enumerator);

  if (self->is_enumerated)
    return NULL;

  self->is_enumerated = TRUE;

  return g_object_ref (G_SOCKET_ADDRESS (self->address));
}

static void
road_attempt_dispose (GObject *object)
{
  RoadAttempt *self = ROAD_ATTEMPT (object);

  g_clear_object (&self->address);
  g_clear_object (&self->connection);

  G_OBJECT_CLASS (road_attempt_parent_class)->dispose (object);
}

static void
road_attempt_class_init (RoadAttemptClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GSocketAddressEnumeratorClass *enumerator_class = G_SOCKET_ADDRESS_ENUMERATOR_CLASS (klass);

  object_class->dispose = road_attempt_dispose;

  enumerator_class->next_async = road_attempt_next_async;
  enumerator_class->next_finish = road_attempt_next_finish;
}

static void
road_attempt_init (RoadAttempt *self)
{
}

/* GSocketClient::event: the socket exists and has not connected yet. */
static void
on_event (GSocketClient *client,
          GSocketClientEvent event,
          GSocketConnectable *connectable,
          GIOStream *connection,
          gpointer user_data)
{
  RoadAttempt *self;

  if (event != G_SOCKET_CLIENT_CONNECTING)
    return;

  self = ROAD_ATTEMPT (connectable);

  /* Our reference keeps the socket open when the connect fails, so that it can be asked why. */
  self->connection = g_object_ref (G_SOCKET_CONNECTION (connection));
  road_outcome_prepare_socket (get_socket (self));
  self->started = g_get_monotonic_time ();
}

static void
on_connected (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RoadAttempt) self = user_data;
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GError) error = NULL;
  RoadOutcome outcome = { 0 };

  connection = g_socket_client_connect_finish (G_SOCKET_CLIENT (object), result, &error);
  answer_question (self);

  outcome.elapsed_us = (guint32) get_elapsed (self);

  if (self->gave_up && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED))
    {
      outcome.kind = ROAD_OUTCOME_NO_ANSWER;
      outcome.n_retransmits = self->n_retransmits;
    }
  else if (connection == NULL)
    {
      road_outcome_read_error (&outcome, get_socket (self), &self->target, error);
    }
  else
    {
      road_outcome_read (&outcome, get_socket (self), &self->target, 0);
      road_outcome_break_off (get_socket (self));
    }

  self->func (self, &outcome, self->user_data);
}

static void
drop_message (const char *domain, GLogLevelFlags level, const char *message, gpointer user_data)
{
}

/**
 * road_attempt_drop_debug_messages:
 *
 * Has the process drop GIO's debug messages at once, unless G_MESSAGES_DEBUG asks for some. Each
 * connect makes five, and that nobody wants to read them is found out late: a tenth of the CPU time
 * of a scan in two threads, which wait for each other's messages.
 */
void
road_attempt_drop_debug_messages (void)
{
  if (g_getenv ("G_MESSAGES_DEBUG") == NULL)
    g_log_set_handler ("GLib-GIO", G_LOG_LEVEL_DEBUG, drop_message, NULL);
}

/**
 * road_attempt_client_new:
 *
 * Returns: (transfer full): a client that attempts can be started with
 */
GSocketClient *
road_attempt_client_new (void)
{
  GSocketClient *client = g_socket_client_new ();

  g_socket_client_set_enable_proxy (client, FALSE);
  g_signal_connect (client, "event", G_CALLBACK (on_event), NULL);

  return client;
}

/**
 * road_attempt_new:
 * @address: the address to connect to
 * @port: the port
 *
 * Returns: (transfer full): an attempt that has not begun
 */
RoadAttempt *
road_attempt_new (const RoadAddress *address, guint16 port)
{
  RoadAttempt *self;

  g_return_val_if_fail (address != NULL, NULL);

  self = g_object_new (ROAD_TYPE_ATTEMPT, NULL);
  self->target = *address;
  self->address = road_socket_address_new ();
  road_socket_address_set (self->address, address, port);

  return self;
}

/**
 * road_attempt_start:
 * @self: an attempt that has not begun
 * @client: a client of road_attempt_client_new()
 * @func: called when it has ended, in the thread-default main context of the caller
 * @user_data: for @func
 *
 * Connects. The first SYN is on its way when this returns, unless our own machine failed.
 */
void
road_attempt_start (RoadAttempt *self,
                    GSocketClient *client,
                    RoadAttemptFunc func,
                    gpointer user_data)
{
  g_return_if_fail (ROAD_IS_ATTEMPT (self));
  g_return_if_fail (G_IS_SOCKET_CLIENT (client));
  g_return_if_fail (func != NULL);
  g_return_if_fail (self->func == NULL);

  self->func = func;
  self->user_data = user_data;
  g_socket_client_connect_async (client, G_SOCKET_CONNECTABLE (self), NULL, on_connected,
                                 g_object_ref (self));
}

/**
 * road_attempt_get_started:
 * @self: an attempt
 *
 * Returns: when it began, as g_get_monotonic_time() tells it; 0 if no socket could be made
 */
gint64
road_attempt_get_started (RoadAttempt *self)
{
  g_return_val_if_fail (ROAD_IS_ATTEMPT (self), 0);

  return self->started;
}

/**
 * road_attempt_give_up:
 * @self: an attempt that has begun
 *
 * Waits for no answer any more: the attempt ends soon, as %ROAD_OUTCOME_NO_ANSWER unless an answer
 * has come that was not looked at yet.
 */
void
road_attempt_give_up (RoadAttempt *self)
{
  g_return_if_fail (ROAD_IS_ATTEMPT (self));

  if (self->gave_up || !is_under_way (self))
    return;

  self->gave_up = TRUE;
  self->n_retransmits = road_outcome_read_retransmits (get_socket (self), get_elapsed (self));

  /* Not g_socket_shutdown(), which wants a socket that is connected. */
  shutdown (g_socket_get_fd (get_socket (self)), SHUT_RDWR);
}
