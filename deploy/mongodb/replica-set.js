// The health check of compose.yaml. At the first start it makes the replica set, of one member.
function isReady() {
  // While the image makes its users it runs without a set, and answers only in here.
  const { setName, isWritablePrimary } = db.hello();
  return setName === "rs0" && isWritablePrimary;
}

if (!isReady()) {
  const { MONGO_INITDB_ROOT_USERNAME: name, MONGO_INITDB_ROOT_PASSWORD: password } = process.env;
  db.getSiblingDB("admin").auth(name, password);
  try {
    rs.status();
  } catch (error) {
    if (error.codeName !== "NotYetInitialized") throw error;
    rs.initiate({ _id: "rs0", members: [{ _id: 0, host: "mongodb:27017" }] });
  }
}
quit(isReady() ? 0 : 1);
