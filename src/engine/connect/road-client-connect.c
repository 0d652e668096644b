/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-client-connect.h"

#include <sys/socket.h>

#include "road-socket-address.h"

/*
 * GSocketClient gets an enumerator from a GSocketConnectable, and from that the next address when a
 * connect has failed, or has had no answer for 250 ms ("happy eyeballs", RFC 8305). Here there is one
 * address. RoadClientConnect is connectable, enumerator and result in one object and replies at once;
 * GIO's own classes make four objects and two idle sources for each connect, a third of its
 * instructions (callgrind).
 *
 *   next_async() 1          the address
 *   next_async() 2, 3       "no more", but not before the connect has ended
 *
 * The second rule is there because GLib before 2.81 leaks the data of a connect that fails after
 * the enumerator has ended.
 *
 * To give up, the socket is shut down, which ends the connect at once. A GCancellable would do the
 * same, but costs each connect, given up or not, locks that all threads share.
 */

/* A call of next_async() that waits for the end of the connect. */
typedef struct
{
  GAsyncReadyCallback callback;
  gpointer user_data;
} NextCall;

struct _RoadClientConnect
{
  GSocketAddressEnumerator parent_instance;

  RoadAddress target;
  RoadSocketAddress *address;

  GSocketConnection *connection; /* NULL until the socket exists */
  gint64 started;
  NextCall next_call;
  gboolean is_enumerated;
  gboolean gave_up;
  guint n_retransmits; /* when it was given up */

  RoadClientConnectFunc func;
  gpointer user_data;
};

static void road_client_connect_connectable_init (GSocketConnectableIface *iface);
static void road_client_connect_result_init (GAsyncResultIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RoadClientConnect,
                               road_client_connect,
                               G_TYPE_SOCKET_ADDRESS_ENUMERATOR,
                               G_IMPLEMENT_INTERFACE (G_TYPE_SOCKET_CONNECTABLE,
                                                      road_client_connect_connectable_init)
                                   G_IMPLEMENT_INTERFACE (G_TYPE_ASYNC_RESULT,
                                                          road_client_connect_result_init))

static GSocketAddressEnumerator *
road_client_connect_enumerate (GSocketConnectable *connectable)
{
  return g_object_ref (G_SOCKET_ADDRESS_ENUMERATOR (connectable));
}

static char *
road_client_connect_to_string (GSocketConnectable *connectable)
{
  return road_address_to_string (&ROAD_CLIENT_CONNECT (connectable)->target);
}

static void
road_client_connect_connectable_init (GSocketConnectableIface *iface)
{
  iface->enumerate = road_client_connect_enumerate;
  iface->proxy_enumerate = road_client_connect_enumerate;
  iface->to_string = road_client_connect_to_string;
}

static GObject *
road_client_connect_get_source_object (GAsyncResult *result)
{
  return g_object_ref (G_OBJECT (result));
}

static void
road_client_connect_result_init (GAsyncResultIface *iface)
{
  iface->get_source_object = road_client_connect_get_source_object;
}

static GSocket *
get_socket (RoadClientConnect *self)
{
  return self->connection != NULL ? g_socket_connection_get_socket (self->connection) : NULL;
}

/* In µs. */
static gint64
get_elapsed (RoadClientConnect *self)
{
  if (self->started == 0)
    return 0;

  return MIN (g_get_monotonic_time () - self->started, (gint64) G_MAXUINT32);
}

/* Whether the connect has not ended in the kernel. */
static gboolean
is_in_flight (RoadClientConnect *self)
{
  GSocket *socket = get_socket (self);

  return socket != NULL && !g_socket_is_closed (socket) &&
         g_socket_condition_check (socket, G_IO_OUT | G_IO_ERR | G_IO_HUP) == 0;
}

/* Ends the waiting call of next_async(), if there is one: no more addresses. */
static void
end_next_call (RoadClientConnect *self)
{
  NextCall call = self->next_call;

  self->next_call = (NextCall){ NULL };
  if (call.callback != NULL)
    call.callback (G_OBJECT (self), G_ASYNC_RESULT (self), call.user_data);
}

/* Whether GIO wants another address because 250 ms have passed, and not because the connect has failed.
 * The socket does not tell: its connect may have ended without having been dispatched. */
static gboolean
is_called_by_timer (void)
{
  GSource *source = g_main_current_source ();

  return source != NULL && source->source_funcs == &g_timeout_funcs;
}

static void
road_client_connect_next_async (GSocketAddressEnumerator *enumerator,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  RoadClientConnect *self = ROAD_CLIENT_CONNECT (enumerator);

  if (self->connection != NULL && self->next_call.callback == NULL && is_called_by_timer ())
    {
      self->next_call = (NextCall){ callback, user_data };
      return;
    }

  end_next_call (self);
  callback (G_OBJECT (self), G_ASYNC_RESULT (self), user_data);
}

static GSocketAddress *
road_client_connect_next_finish (GSocketAddressEnumerator *enumerator,
                                 GAsyncResult *result,
                                 GError **error)
{
  RoadClientConnect *self = ROAD_CLIENT_CONNECT (enumerator);

  if (self->is_enumerated)
    return NULL;

  self->is_enumerated = TRUE;

  return g_object_ref (G_SOCKET_ADDRESS (self->address));
}

static void
road_client_connect_dispose (GObject *object)
{
  RoadClientConnect *self = ROAD_CLIENT_CONNECT (object);

  g_clear_object (&self->address);
  g_clear_object (&self->connection);

  G_OBJECT_CLASS (road_client_connect_parent_class)->dispose (object);
}

static void
road_client_connect_class_init (RoadClientConnectClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GSocketAddressEnumeratorClass *enumerator_class = G_SOCKET_ADDRESS_ENUMERATOR_CLASS (klass);

  object_class->dispose = road_client_connect_dispose;

  enumerator_class->next_async = road_client_connect_next_async;
  enumerator_class->next_finish = road_client_connect_next_finish;
}

static void
road_client_connect_init (RoadClientConnect *self)
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
  RoadClientConnect *self;

  if (event != G_SOCKET_CLIENT_CONNECTING)
    return;

  self = ROAD_CLIENT_CONNECT (connectable);

  /* Our reference keeps the socket open when the connect fails, so that the reason can be read. */
  self->connection = g_object_ref (G_SOCKET_CONNECTION (connection));
  road_outcome_prepare_socket (get_socket (self));
  self->started = g_get_monotonic_time ();
}

static void
on_connected (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RoadClientConnect) self = user_data;
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GError) error = NULL;
  RoadOutcome outcome = { 0 };

  connection = g_socket_client_connect_finish (G_SOCKET_CLIENT (object), result, &error);
  end_next_call (self);

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

/* Makes the process drop GIO's debug messages early, unless G_MESSAGES_DEBUG asks for some. Each connect
 * makes five, and GLib's own handler drops them late: that takes a tenth of the CPU time of a scan
 * with two threads, which wait for each other's messages. */
void
road_client_connect_drop_debug_messages (void)
{
  if (g_getenv ("G_MESSAGES_DEBUG") == NULL)
    g_log_set_handler ("GLib-GIO", G_LOG_LEVEL_DEBUG, drop_message, NULL);
}

/* Returns: (transfer full): a client for road_client_connect_start() */
GSocketClient *
road_client_connect_make_client (void)
{
  GSocketClient *client = g_socket_client_new ();

  g_socket_client_set_enable_proxy (client, FALSE);
  g_signal_connect (client, "event", G_CALLBACK (on_event), NULL);

  return client;
}

RoadClientConnect *
road_client_connect_new (const RoadAddress *address, guint16 port)
{
  RoadClientConnect *self;

  g_return_val_if_fail (address != NULL, NULL);

  self = g_object_new (ROAD_TYPE_CLIENT_CONNECT, NULL);
  self->target = *address;
  self->address = road_socket_address_new ();
  road_socket_address_set (self->address, address, port);

  return self;
}

/**
 * road_client_connect_start:
 * @client: a client from road_client_connect_make_client()
 * @func: called when the connect has ended, in the thread-default main context of the caller
 *
 * The first SYN is sent when this returns, unless our own machine failed.
 */
void
road_client_connect_start (RoadClientConnect *self,
                           GSocketClient *client,
                           RoadClientConnectFunc func,
                           gpointer user_data)
{
  g_return_if_fail (ROAD_IS_CLIENT_CONNECT (self));
  g_return_if_fail (G_IS_SOCKET_CLIENT (client));
  g_return_if_fail (func != NULL);
  g_return_if_fail (self->func == NULL);

  self->func = func;
  self->user_data = user_data;
  g_socket_client_connect_async (client, G_SOCKET_CONNECTABLE (self), NULL, on_connected,
                                 g_object_ref (self));
}

/* Returns: the g_get_monotonic_time() of the start; 0 if no socket could be made */
gint64
road_client_connect_get_started (RoadClientConnect *self)
{
  g_return_val_if_fail (ROAD_IS_CLIENT_CONNECT (self), 0);

  return self->started;
}

/* Returns: the port on this computer, while the connect lasts; 0 if it has none */
guint16
road_client_connect_get_local_port (RoadClientConnect *self)
{
  g_autoptr (GSocketAddress) address = NULL;

  g_return_val_if_fail (ROAD_IS_CLIENT_CONNECT (self), 0);

  if (get_socket (self) != NULL)
    address = g_socket_get_local_address (get_socket (self), NULL);

  return G_IS_INET_SOCKET_ADDRESS (address)
             ? g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address))
             : 0;
}

/* Returns: how many SYNs the kernel has retransmitted so far, while the connect lasts */
guint
road_client_connect_get_n_retransmits (RoadClientConnect *self)
{
  g_return_val_if_fail (ROAD_IS_CLIENT_CONNECT (self), 0);

  return is_in_flight (self) ? road_outcome_read_retransmits (get_socket (self), get_elapsed (self))
                             : 0;
}

/* Ends the connect soon: with %ROAD_OUTCOME_NO_ANSWER, unless an answer has come that was not looked at
 * yet. */
void
road_client_connect_give_up (RoadClientConnect *self)
{
  g_return_if_fail (ROAD_IS_CLIENT_CONNECT (self));

  if (self->gave_up || !is_in_flight (self))
    return;

  self->gave_up = TRUE;
  self->n_retransmits = road_outcome_read_retransmits (get_socket (self), get_elapsed (self));

  /* Not g_socket_shutdown(), which needs a connected socket. */
  shutdown (g_socket_get_fd (get_socket (self)), SHUT_RDWR);
}
