/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-talk.h"

#include "engine/connect/road-socket-address.h"
#include "road-certificate.h"

/* Reference-counted: each call under way has a reference. Closing cancels them, and they then end without
 * doing anything. */
struct _RoadTalk
{
  guint n_refs;
  gboolean is_closed;
  GCancellable *cancellable;

  char *tls_name; /* (nullable): with whom TLS begins, at once or after the next call */
  const char *const *protocols; /* (nullable): what ALPN offers */
  GSocketConnection *connection;
  GIOStream *stream; /* what is read from: the connection, or TLS on it */
  RoadTls *tls;

  GPtrArray *sent; /* of GBytes */
  char received[ROAD_ANSWER_MAX_BYTES];
  gsize n_received;

  RoadTalkFuncs funcs;
  gpointer user_data;
};

static void start_reading (RoadTalk *self);
static void begin_tls (RoadTalk *self);

static RoadTalk *
ref (RoadTalk *self)
{
  self->n_refs++;
  return self;
}

static void
unref (RoadTalk *self)
{
  if (--self->n_refs > 0)
    return;

  g_clear_object (&self->stream);
  g_clear_object (&self->connection);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->tls, road_tls_free);
  g_ptr_array_unref (self->sent);
  g_free (self->tls_name);
  g_free (self);
}

static void
end (RoadTalk *self)
{
  if (!self->is_closed)
    self->funcs.ended (self, self->user_data);
}

static void
on_read (GObject *object, GAsyncResult *result, gpointer user_data)
{
  RoadTalk *self = user_data;
  const gssize n = g_input_stream_read_finish (G_INPUT_STREAM (object), result, NULL);

  if (!self->is_closed)
    {
      self->n_received += (gsize) MAX (n, 0);
      if (n > 0)
        self->funcs.received (self, self->user_data);
      if (n > 0 && self->tls_name != NULL && self->tls == NULL && !self->is_closed)
        begin_tls (self);
      else if (n > 0 && self->n_received < sizeof self->received)
        start_reading (self);
      else
        end (self);
    }
  unref (self);
}

static void
start_reading (RoadTalk *self)
{
  if (self->is_closed)
    return;

  g_input_stream_read_async (g_io_stream_get_input_stream (self->stream),
                             self->received + self->n_received,
                             sizeof self->received - self->n_received, G_PRIORITY_DEFAULT_IDLE,
                             self->cancellable, on_read, ref (self));
}

static void
open_talk (RoadTalk *self, GIOStream *stream)
{
  g_set_object (&self->stream, stream);
  self->funcs.opened (self, self->user_data);
  start_reading (self);
}

static const char *
get_protocol_name (GTlsProtocolVersion version)
{
  switch (version)
    {
    case G_TLS_PROTOCOL_VERSION_SSL_3_0:
      return "SSL 3.0";
    case G_TLS_PROTOCOL_VERSION_TLS_1_0:
      return "TLS 1.0";
    case G_TLS_PROTOCOL_VERSION_TLS_1_1:
      return "TLS 1.1";
    case G_TLS_PROTOCOL_VERSION_TLS_1_2:
      return "TLS 1.2";
    case G_TLS_PROTOCOL_VERSION_TLS_1_3:
      return "TLS 1.3";
    case G_TLS_PROTOCOL_VERSION_DTLS_1_0:
    case G_TLS_PROTOCOL_VERSION_DTLS_1_2:
    case G_TLS_PROTOCOL_VERSION_UNKNOWN:
    default:
      return NULL;
    }
}

static RoadTls *
describe_tls (GTlsConnection *connection)
{
  GTlsCertificate *certificate = g_tls_connection_get_peer_certificate (connection);
  g_autoptr (GByteArray) der = NULL;
  RoadTls *tls = g_new0 (RoadTls, 1);

  if (certificate != NULL)
    g_object_get (certificate, "certificate", &der, NULL);
  if (der != NULL)
    road_certificate_parse (der->data, der->len, tls);
  tls->protocol = g_strdup (get_protocol_name (g_tls_connection_get_protocol_version (connection)));
  tls->alpn = g_strdup (g_tls_connection_get_negotiated_protocol (connection));

  return tls;
}

static void
on_handshake (GObject *object, GAsyncResult *result, gpointer user_data)
{
  RoadTalk *self = user_data;
  const gboolean success =
      g_tls_connection_handshake_finish (G_TLS_CONNECTION (object), result, NULL);

  if (!self->is_closed && success)
    {
      self->tls = describe_tls (G_TLS_CONNECTION (object));
      open_talk (self, G_IO_STREAM (object));
    }
  else
    end (self);
  unref (self);
}

/* Nothing secret is sent, so that no certificate has to be trusted. */
static gboolean
on_accept_certificate (GTlsConnection *connection,
                       GTlsCertificate *certificate,
                       GTlsCertificateFlags errors,
                       gpointer user_data)
{
  return TRUE;
}

static void
begin_tls (RoadTalk *self)
{
  g_autoptr (GSocketConnectable) identity = NULL;
  g_autoptr (GIOStream) stream = NULL;

  /* The name is sent (SNI), unless it is an address. */
  if (!g_hostname_is_ip_address (self->tls_name))
    identity = g_network_address_new (self->tls_name, 0);
  stream = g_tls_client_connection_new (G_IO_STREAM (self->connection), identity, NULL);
  if (stream == NULL)
    {
      end (self);
      return;
    }

  g_tls_connection_set_advertised_protocols (G_TLS_CONNECTION (stream), self->protocols);
  g_signal_connect (stream, "accept-certificate", G_CALLBACK (on_accept_certificate), NULL);
  g_tls_connection_handshake_async (G_TLS_CONNECTION (stream), G_PRIORITY_DEFAULT_IDLE,
                                    self->cancellable, on_handshake, ref (self));
}

static void
on_connected (GObject *object, GAsyncResult *result, gpointer user_data)
{
  RoadTalk *self = user_data;
  g_autoptr (GSocketConnection) connection =
      g_socket_client_connect_finish (G_SOCKET_CLIENT (object), result, NULL);

  if (self->is_closed)
    {
      unref (self);
      return;
    }

  self->connection = g_steal_pointer (&connection);
  if (self->connection == NULL)
    end (self);
  else if (self->tls_name != NULL)
    begin_tls (self);
  else
    open_talk (self, G_IO_STREAM (self->connection));
  unref (self);
}

/**
 * road_talk_new:
 * @tls_name: (nullable): to begin with TLS, with a service of that name or address; nothing is verified
 * @protocols: (nullable) (array zero-terminated=1): static; what TLS offers to speak (ALPN) if it comes first
 * @funcs: what is called; copied
 *
 * Begins to connect.
 *
 * Returns: (transfer full): the connection; end it with road_talk_close()
 */
RoadTalk *
road_talk_new (const RoadAddress *address,
               guint16 port,
               const char *tls_name,
               const char *const *protocols,
               const RoadTalkFuncs *funcs,
               gpointer user_data)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (RoadSocketAddress) target = road_socket_address_new ();
  RoadTalk *self;

  g_return_val_if_fail (address != NULL, NULL);
  g_return_val_if_fail (funcs != NULL, NULL);

  self = g_new0 (RoadTalk, 1);
  self->n_refs = 1;
  self->cancellable = g_cancellable_new ();
  self->tls_name = g_strdup (tls_name);
  self->protocols = protocols;
  self->sent = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  self->funcs = *funcs;
  self->user_data = user_data;

  road_socket_address_set (target, address, port);
  g_socket_client_set_enable_proxy (client, FALSE);
  g_socket_client_connect_async (client, G_SOCKET_CONNECTABLE (target), self->cancellable,
                                 on_connected, ref (self));

  return self;
}

/* @self: (transfer full): a connection, which ends at once; nothing is called any more */
void
road_talk_close (RoadTalk *self)
{
  g_return_if_fail (self != NULL);

  self->is_closed = TRUE;
  g_cancellable_cancel (self->cancellable);
  /* So that closing TLS, too, waits for nobody. A thread of the handshake may still use the descriptor, which must
   * not become that of another connection. */
  if (self->connection != NULL)
    g_socket_shutdown (g_socket_connection_get_socket (self->connection), TRUE, TRUE, NULL);
  unref (self);
}

static void
on_sent (GObject *object, GAsyncResult *result, gpointer user_data)
{
  /* Whether it arrives shows in the answer. */
  g_output_stream_write_all_finish (G_OUTPUT_STREAM (object), result, NULL, NULL);
  unref (user_data);
}

/**
 * road_talk_send:
 * @self: a connection that is open, on which whatever was sent before was answered
 * @bytes: what to send
 */
void
road_talk_send (RoadTalk *self, GBytes *bytes)
{
  gsize length;
  const void *data;

  g_return_if_fail (self != NULL && self->stream != NULL);
  g_return_if_fail (bytes != NULL);

  g_ptr_array_add (self->sent, g_bytes_ref (bytes));
  data = g_bytes_get_data (bytes, &length);
  g_output_stream_write_all_async (g_io_stream_get_output_stream (self->stream), data, length,
                                   G_PRIORITY_DEFAULT_IDLE, self->cancellable, on_sent, ref (self));
}

/**
 * road_talk_begin_tls:
 * @self: a connection without TLS, which has just received something
 * @name: with whom; as that of road_talk_new()
 *
 * To be called where it was received. TLS begins when that returns, and then the connection is opened once more.
 */
void
road_talk_begin_tls (RoadTalk *self, const char *name)
{
  g_return_if_fail (self != NULL && self->tls_name == NULL);
  g_return_if_fail (name != NULL);

  self->tls_name = g_strdup (name);
  self->protocols = NULL;
}

/* @length: (out): how many bytes there are
 * Returns: (transfer none): what has come so far */
const char *
road_talk_get_received (RoadTalk *self, gsize *length)
{
  g_return_val_if_fail (self != NULL && length != NULL, NULL);

  *length = self->n_received;
  return self->received;
}

/* Returns: whether there was a connection, with or without TLS */
gboolean
road_talk_get_connected (RoadTalk *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->connection != NULL;
}

/* Returns: (transfer none) (nullable): what TLS told, if it was begun */
RoadTls *
road_talk_get_tls (RoadTalk *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->tls;
}

/* Returns: whether GIO has a TLS backend (glib-networking) */
gboolean
road_talk_can_use_tls (void)
{
  return g_tls_backend_supports_tls (g_tls_backend_get_default ());
}
