/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-service-purpose.h"

#include "engine/base/road-text-escape.h"
#include "engine/ports/road-services.h"
#include "ui/results/road-result-text.h"

#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>

/* What the common services are for, in plain words. To add one: a line in its place, as the names are sorted.
 * They are those of data/services/. */
static const struct
{
  const char *name;
  const char *purpose;
} purposes[] = {
  /* Translators: from here on, what a network service is for, in a few plain words */
  { "afpovertcp", N_ ("File sharing of Macs.") },
  { "airplay", N_ ("Receives music and video from Apple devices.") },
  { "ajp13", N_ ("Connects a web server with the application server Tomcat behind it.") },
  { "amqp", N_ ("Passes messages between programs, such as with RabbitMQ.") },
  { "bgp", N_ ("Tells routers of different networks the routes to each other.") },
  { "bittorrent", N_ ("Exchanges files between users.") },
  { "daytime", N_ ("Tells the time of day; hardly used any more.") },
  { "discard", N_ ("Throws away all that it receives, for tests.") },
  { "docker",
    N_ ("Controls containers. Without encryption, whoever reaches it controls the host.") },
  { "domain", N_ ("Translates names into addresses (DNS).") },
  { "domain-s",
    N_ ("Translates names into addresses over an encrypted connection (DNS over TLS).") },
  { "echo", N_ ("Sends back all that it receives, for tests.") },
  { "elasticsearch", N_ ("Searches large amounts of text.") },
  { "finger", N_ ("Tells who is logged in; hardly used any more.") },
  { "ftp", N_ ("Transfers files, with passwords unencrypted.") },
  { "ftps", N_ ("Transfers files over an encrypted connection.") },
  { "git", N_ ("Offers source code for download with Git.") },
  { "home-assistant", N_ ("Controls devices in the home.") },
  { "http", N_ ("Web pages, unencrypted.") },
  { "http-alt", N_ ("Web pages on another port than usual, often of an application or a proxy.") },
  { "http-dev", N_ ("Web pages of an application, often one in development.") },
  { "https", N_ ("Web pages over an encrypted connection.") },
  { "https-alt", N_ ("Web pages over an encrypted connection, on another port than usual.") },
  { "ident", N_ ("Tells which user a connection belongs to; hardly used any more.") },
  { "imap", N_ ("Lets users read their mail on the server.") },
  { "imaps", N_ ("Lets users read their mail on the server, over an encrypted connection.") },
  { "influxdb", N_ ("Stores series of measurements.") },
  { "ipp", N_ ("Prints, and tells the state of printers.") },
  { "irc", N_ ("Chat in text channels.") },
  { "jetdirect", N_ ("Prints what it receives as it is.") },
  { "kafka", N_ ("Passes streams of messages between programs.") },
  { "kerberos", N_ ("Logs users in to all services of a network.") },
  { "kibana", N_ ("Shows data of Elasticsearch in the browser.") },
  { "kpasswd", N_ ("Changes passwords of Kerberos users.") },
  { "kubernetes-api", N_ ("Controls a cluster of containers.") },
  { "ldap", N_ ("Looks up users, groups and computers in a directory.") },
  { "ldaps",
    N_ ("Looks up users, groups and computers in a directory, over an encrypted connection.") },
  { "memcache",
    N_ ("Keeps data of web applications in memory. It should not be reachable by others.") },
  { "microsoft-ds", N_ ("File and printer sharing of Windows and Samba (SMB).") },
  { "minecraft", N_ ("Lets players join a game of Minecraft.") },
  { "mongodb", N_ ("Database, of documents.") },
  { "mqtt", N_ ("Passes messages between devices, such as sensors, unencrypted.") },
  { "ms-sql-s", N_ ("Database, Microsoft SQL Server.") },
  { "ms-wbt-server", N_ ("Shows the desktop of a Windows computer elsewhere (RDP).") },
  { "msft-gc", N_ ("Looks up users and computers in Active Directory.") },
  { "msrpc", N_ ("Tells Windows programs where services of other computers are.") },
  { "mysql", N_ ("Database, MySQL or MariaDB.") },
  { "netbios-ssn", N_ ("File and printer sharing of older Windows versions.") },
  { "nfs", N_ ("File sharing, mostly between Unix and Linux computers.") },
  { "nntp", N_ ("Discussions in newsgroups.") },
  { "openvpn", N_ ("Connects computers with a private network over an encrypted connection.") },
  { "oracle-tns", N_ ("Database, Oracle.") },
  { "plex", N_ ("Sends films and music to players.") },
  { "pop3", N_ ("Lets mail programs fetch mail.") },
  { "pop3s", N_ ("Lets mail programs fetch mail over an encrypted connection.") },
  { "postgresql", N_ ("Database, PostgreSQL.") },
  { "pptp", N_ ("Connects computers with a private network, in a way that is no longer safe.") },
  { "printer", N_ ("Receives print jobs (LPD).") },
  { "prometheus", N_ ("Collects measurements from computers and programs.") },
  { "redis", N_ ("Keeps data in memory for programs. It should not be reachable by others.") },
  { "rsync", N_ ("Copies files, and only what has changed.") },
  { "rtsp", N_ ("Video of a camera or a media server.") },
  { "secure-mqtt",
    N_ ("Passes messages between devices, such as sensors, over an encrypted connection.") },
  { "shell", N_ ("Runs commands without encryption; replaced by SSH.") },
  { "sip", N_ ("Starts telephone calls over the network.") },
  { "smtp", N_ ("Receives mail from other mail servers.") },
  { "socks", N_ ("Makes connections for other programs (proxy).") },
  { "squid-http", N_ ("Fetches web pages for others (proxy).") },
  { "ssh", N_ ("Remote login and file transfer over an encrypted connection.") },
  { "submission", N_ ("Accepts mail from users, to be sent on.") },
  { "submissions", N_ ("Accepts mail from users, to be sent on, over an encrypted connection.") },
  { "sunrpc", N_ ("Tells Unix programs on which ports services such as NFS are.") },
  { "telnet", N_ ("Remote login without encryption; replaced by SSH.") },
  { "time", N_ ("Tells the time in seconds; hardly used any more.") },
  { "transmission", N_ ("Exchanges files between users (BitTorrent).") },
  { "vnc", N_ ("Shows the desktop of a computer elsewhere, and lets it be controlled.") },
  { "webmin", N_ ("Lets a computer be administered in the browser.") },
  { "wsdapi", N_ ("Lets Windows computers find devices.") },
  { "wsman", N_ ("Lets Windows computers be administered from elsewhere.") },
  { "xmpp-client", N_ ("Chat, with the XMPP protocol.") },
  { "zookeeper", N_ ("Keeps the settings of a group of servers.") },
};

static int
compare_names (gconstpointer name, gconstpointer entry)
{
  return strcmp (name, *(const char *const *) entry);
}

/**
 * road_service_purpose_get:
 * @name: a service, as data/services/ names it, or as nmap does: “ssl/http”
 *
 * Returns: (nullable): what it is for, in a translated sentence; %NULL if that is not known
 */
const char *
road_service_purpose_get (const char *name)
{
  const char *const *entry;

  g_return_val_if_fail (name != NULL, NULL);

  if (g_str_equal (name, "ssl/http"))
    name = "https";
  entry = bsearch (name, purposes, G_N_ELEMENTS (purposes), sizeof purposes[0], compare_names);

  return entry != NULL ? _ (entry[1]) : NULL;
}

/* Returns: (transfer full) (nullable): which service is on @port and what it is for: one that another scanner has
 * found, else the usual one; %NULL if no service is known */
char *
road_service_purpose_describe (RoadHost *host, guint16 port)
{
  const RoadService *service;
  const char *name;
  const char *purpose;
  g_autofree char *escaped = NULL;

  g_return_val_if_fail (ROAD_IS_HOST (host), NULL);

  service = road_host_get_service (host, port);
  name = road_host_get_service_name (host, port);
  if (name == NULL)
    return NULL;

  purpose = road_service_purpose_get (name);
  if (purpose == NULL && g_strcmp0 (name, road_services_get_name (port)) == 0)
    purpose = road_result_text_usual_service (port);
  escaped = road_text_label (name);

  if (service != NULL && service->confidence > 0 && purpose != NULL)
    /* Translators: the service that was found on a port, and what it is for */
    return g_strdup_printf (_ ("Found: %s. %s"), escaped, purpose);

  if (service != NULL && service->confidence > 0)
    /* Translators: the service that was found on a port */
    return g_strdup_printf (_ ("Found: %s."), escaped);

  if (purpose != NULL)
    /* Translators: the service that usually uses a port, and what it is for */
    return g_strdup_printf (_ ("Usually %s (by number): %s"), escaped, purpose);

  /* Translators: the service that usually uses a port */
  return g_strdup_printf (_ ("Usually %s (by number)."), escaped);
}
