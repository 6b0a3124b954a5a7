//! The accept loop: hyper with limits on slow heads and on readers who stand still, and a graceful end.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use axum::Router;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio_io_timeout::TimeoutStream;

use super::{App, HttpConfig, router};

/// Connections that may wait to be accepted, where the system allows it (`net.core.somaxconn`): at
/// the moment of publishing all come at once.
const BACKLOG: u32 = 4096;
/// Bytes that the system may hold for a reader who takes his time: half a minute of MP3. With more,
/// one who is slow would look like one who stands still.
const SEND_BUFFER: u32 = 256 << 10;

/// Listens on an address.
///
/// # Errors
/// It is taken, or not this machine's.
pub fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
    // A service that starts again need not wait until its old connections are forgotten.
    socket.set_reuseaddr(true)?;
    // Those it accepts inherit it.
    socket.set_send_buffer_size(SEND_BUFFER)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)
}

/// Serves until `stop` resolves; then open requests have `patience` to end.
pub async fn serve(listener: TcpListener, app: Arc<App>, stop: impl Future<Output = ()>, patience: Duration) {
    let router = router(app.clone());
    let open = GracefulShutdown::new();
    let mut stop = std::pin::pin!(stop);
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => connection(stream, router.clone(), &app.config, &open),
                // Out of file descriptors, most likely: those open must end first.
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
            },
            () = &mut stop => break,
        }
    }
    app.ready.store(false, Ordering::Relaxed);
    drop(listener);
    tracing::info!("stopping; open requests may end");
    if tokio::time::timeout(patience, open.shutdown()).await.is_err() {
        tracing::warn!("some requests were cut off");
    }
}

fn connection(stream: TcpStream, router: Router, config: &HttpConfig, open: &GracefulShutdown) {
    // Small writes must not wait for more to come.
    let _ = stream.set_nodelay(true);
    let mut http = hyper::server::conn::http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(Duration::from_secs(config.header_seconds));
    let service = TowerToHyperService::new(router);
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(Duration::from_secs(config.stall_seconds)));
    let connection = open.watch(http.serve_connection(TokioIo::new(Box::pin(stream)), service));
    tokio::spawn(async move {
        // A client that leaves midway is its own business.
        if let Err(error) = connection.await {
            tracing::debug!(%error, "a connection ended early");
        }
    });
}
