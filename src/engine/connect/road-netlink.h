/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include <linux/netlink.h>

G_BEGIN_DECLS

/**
 * RoadNetlinkFunc:
 * @message: one of the kernel's messages; valid during the call
 * @user_data: for the function
 */
typedef void (*RoadNetlinkFunc) (struct nlmsghdr *message, gpointer user_data);

gboolean road_netlink_get (struct nlmsghdr *request, RoadNetlinkFunc func, gpointer user_data);
gboolean road_netlink_dump (guint16 type, guint8 family, RoadNetlinkFunc func, gpointer user_data);

G_END_DECLS
