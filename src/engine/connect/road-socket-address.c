/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-socket-address.h"

#include <errno.h>

struct _RoadSocketAddress
{
  GSocketAddress parent_instance;

  RoadAddress address;
  guint16 port;
};

G_DEFINE_FINAL_TYPE (RoadSocketAddress, road_socket_address, G_TYPE_SOCKET_ADDRESS)

static GSocketFamily
road_socket_address_get_family (GSocketAddress *address)
{
  RoadSocketAddress *self = ROAD_SOCKET_ADDRESS (address);

  return self->address.length == 16 ? G_SOCKET_FAMILY_IPV6 : G_SOCKET_FAMILY_IPV4;
}

static gssize
road_socket_address_get_native_size (GSocketAddress *address)
{
  RoadSocketAddress *self = ROAD_SOCKET_ADDRESS (address);

  return (gssize) road_address_get_native_size (&self->address);
}

static gboolean
road_socket_address_to_native (GSocketAddress *address,
                               gpointer dest,
                               gsize destlen,
                               GError **error)
{
  RoadSocketAddress *self = ROAD_SOCKET_ADDRESS (address);

  if (destlen < road_address_get_native_size (&self->address))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, g_strerror (ENOSPC));
      return FALSE;
    }

  road_address_to_native (&self->address, self->port, dest);

  return TRUE;
}

static void
road_socket_address_class_init (RoadSocketAddressClass *klass)
{
  GSocketAddressClass *address_class = G_SOCKET_ADDRESS_CLASS (klass);

  address_class->get_family = road_socket_address_get_family;
  address_class->get_native_size = road_socket_address_get_native_size;
  address_class->to_native = road_socket_address_to_native;
}

static void
road_socket_address_init (RoadSocketAddress *self)
{
}

RoadSocketAddress *
road_socket_address_new (void)
{
  return g_object_new (ROAD_TYPE_SOCKET_ADDRESS, NULL);
}

/**
 * road_socket_address_set:
 * @address: an address, not %ROAD_ADDRESS_NONE
 *
 * GIO copies both when a connect begins, so one object can serve many connects.
 */
void
road_socket_address_set (RoadSocketAddress *self, const RoadAddress *address, guint16 port)
{
  g_return_if_fail (ROAD_IS_SOCKET_ADDRESS (self));
  g_return_if_fail (address != NULL && address->length != 0);

  self->address = *address;
  self->port = port;
}
